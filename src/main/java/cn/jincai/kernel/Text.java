package cn.jincai.kernel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;

/**
 * A sentence in both languages. Chinese is what binds; English helps. The product's own are in {@code texts/<room>.properties} (Chinese) and
 * {@code texts/<room>_en.properties}, a scheme's in its package.
 *
 * @param names what stands in it of people's own words: they are never written in other characters. Only a sentence just made knows them, one that was stored does not
 */
public record Text(
        @JsonProperty("zh") String zh,
        @JsonProperty("en") String en,
        @JsonIgnore List<String> names) {
    private static final DateTimeFormatter ZH = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA),
            EN = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final ResourceBundle.Control BOTH =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Map<String, Text> PATTERNS = new ConcurrentHashMap<>();

    public Text {
        names = names == null ? List.of() : names;
    }

    @ConstructorBinding // settings name both languages
    public Text(String zh, String en) {
        this(zh, en, List.of());
    }

    /**
     * A sentence of the product.
     *
     * @param key    its key, which begins with the name of the bundle: {@code filing.NOT_A_DRAFT}
     * @param values for {@code {0}}, {@code {1}} ...: a Text is told in the language of the sentence, a day as people write it, everything else as it is
     * @throws MissingResourceException where no bundle has the key
     */
    public static Text of(String key, Object... values) {
        Text pattern = PATTERNS.computeIfAbsent(key, Text::pattern);
        return values.length == 0
                ? pattern
                : new Text(filled(pattern.zh, values, Text::zh), filled(pattern.en, values, Text::en), names(values));
    }

    /** What has one form in both languages: a code, a name, somebody's own words. */
    public static Text same(String words) {
        return new Text(words, words, List.of(words));
    }

    /** A day as people write it: 2026年3月2日, 2 March 2026. */
    public static Text of(LocalDate day) {
        return new Text(ZH.format(day), EN.format(day));
    }

    /** For those of whom it is not known what they read: a console, a table for everybody. */
    public String both() {
        return zh + " " + en;
    }

    /** Words in a row: 甲、乙; a, b. */
    public static Text list(Collection<String> words) {
        return joined("kernel.list", words.stream().map(Text::same).toList());
    }

    public String in(Locale locale) {
        if ("en".equals(locale.getLanguage())) return en;
        return TraditionalChinese.isReadIn(locale) ? TraditionalChinese.of(zh, names) : zh;
    }

    /** A stored sentence is the same as it was when it was made. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Text text && text.zh.equals(zh) && text.en.equals(en);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zh, en);
    }

    /**
     * Parts in a row, nothing where there are none.
     *
     * @param key of what joins two of them: {@code {0}, {1}}
     */
    public static Text joined(String key, Collection<Text> parts) {
        return parts.stream().reduce((before, next) -> of(key, before, next)).orElse(new Text("", ""));
    }

    private static Text pattern(String key) {
        String bundle = "texts/" + key.substring(0, key.indexOf('.'));
        return new Text(
                ResourceBundle.getBundle(bundle, Locale.ROOT, BOTH).getString(key),
                ResourceBundle.getBundle(bundle, Locale.ENGLISH, BOTH).getString(key));
    }

    private static List<String> names(Object[] values) {
        return Arrays.stream(values)
                .flatMap(v -> v instanceof Text text
                        ? text.names.stream()
                        : v instanceof LocalDate ? Stream.empty() : Stream.of(String.valueOf(v)))
                .toList();
    }

    private static String filled(String pattern, Object[] values, Function<Text, String> language) {
        return MessageFormat.format(
                pattern,
                Arrays.stream(values)
                        .map(v -> v instanceof LocalDate day ? of(day) : v)
                        .map(v -> v instanceof Text text ? language.apply(text) : String.valueOf(v))
                        .toArray());
    }
}
