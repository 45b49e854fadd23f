package cn.jincai.kernel;

import com.ibm.icu.text.Transliterator;
import java.util.Collection;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chinese as compatriots from Taiwan, Hong Kong and Macau write it, made from the simplified text when it is shown. What binds is the simplified text. A character that stands for
 * several ({@code 复}: {@code 復}, {@code 複}, {@code 覆}) is chosen by ICU from its neighbours; where it chooses another than offices there do, the word stands in {@code traditional.properties}.
 */
public final class TraditionalChinese {
    public static final Locale LOCALE = Locale.forLanguageTag("zh-Hant");

    private static final Transliterator CHARACTERS = Transliterator.getInstance("Simplified-Traditional"),
            SIMPLIFIED = Transliterator.getInstance("Traditional-Simplified");
    private static final ResourceBundle WORDS = ResourceBundle.getBundle("traditional", Locale.ROOT);
    private static final String KNOWN = either(WORDS.keySet().stream());
    private static final Pattern ONLY_KNOWN = Pattern.compile(KNOWN);

    private TraditionalChinese() {}

    public static boolean isReadIn(Locale locale) {
        return LOCALE.getScript().equals(locale.getScript());
    }

    /** @param names of people, employers and places, which stay as their bearers write them */
    public static String of(String simplified, Collection<String> names) {
        var kept = names.stream().filter(TraditionalChinese::hasIdeographs).toList();
        Pattern known = kept.isEmpty() ? ONLY_KNOWN : Pattern.compile(either(kept.stream()) + "|" + KNOWN);
        var found = known.matcher(simplified);
        var text = new StringBuilder();
        int from = 0;
        for (; found.find(); from = found.end()) {
            text.append(CHARACTERS.transliterate(simplified.substring(from, found.start())))
                    .append(kept.contains(found.group()) ? found.group() : WORDS.getString(found.group()));
        }
        return text.append(CHARACTERS.transliterate(simplified.substring(from))).toString();
    }

    /** What somebody typed in traditional characters, to be found in simplified text. */
    public static String simplified(String typed) {
        return SIMPLIFIED.transliterate(typed);
    }

    private static boolean hasIdeographs(String name) {
        return name.codePoints().anyMatch(Character::isIdeographic);
    }

    /** The longest first, as one may begin with another. */
    private static String either(Stream<String> words) {
        return words.sorted((one, other) -> other.length() - one.length())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }
}
