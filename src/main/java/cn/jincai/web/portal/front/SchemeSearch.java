package cn.jincai.web.portal.front;

import cn.jincai.kernel.Text;
import cn.jincai.kernel.TraditionalChinese;
import cn.jincai.policy.Scheme;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Schemes by words: of their names, what they say of themselves, their benefits, what is handed in, and the levels and titles that their facts know. In both
 * languages at once, as who reads English may still know only the Chinese name of his certificate.
 */
final class SchemeSearch {
    private static final int LONGEST = 100;

    private final List<String> words;

    /** @param asked as it was typed: words with blanks between, each of which has to be there; what comes after {@value #LONGEST} characters counts for nothing */
    SchemeSearch(String asked) {
        words = Stream.of(plain(asked.substring(0, Math.min(LONGEST, asked.length())))
                        .split("[\\s,，、。;；]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    boolean finds(Scheme scheme) {
        String said =
                plain(texts(scheme).flatMap(t -> Stream.of(t.zh(), t.en())).collect(Collectors.joining("\n")));
        return words.stream().allMatch(said::contains);
    }

    private static Stream<Text> texts(Scheme scheme) {
        return Stream.of(
                        Stream.of(scheme.name(), scheme.about()),
                        scheme.benefits().stream().map(Scheme.Benefit::name),
                        scheme.documents().stream().map(Scheme.Document::name),
                        scheme.facts().stream()
                                .filter(f -> !f.isOwnRecords())
                                .flatMap(f -> f.values().stream())
                                .map(Scheme.Value::name))
                .flatMap(texts -> texts);
    }

    /** Full and half width, large and small letters, traditional and simplified characters are one. */
    private static String plain(String text) {
        return TraditionalChinese.simplified(
                Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    }
}
