package cn.jincai.kernel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A sentence in both languages. Chinese is what binds; English helps. The product's own are in {@code texts/<room>.properties} (Chinese) and
 * {@code texts/<room>_en.properties}, a scheme's in its package.
 */
public record Text(
        @JsonProperty("zh") String zh, @JsonProperty("en") String en) {
    private static final DateTimeFormatter ZH = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA),
            EN = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final ResourceBundle.Control BOTH =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Map<String, Text> PATTERNS = new ConcurrentHashMap<>();

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
                : new Text(filled(pattern.zh, values, Text::zh), filled(pattern.en, values, Text::en));
    }

    /** What has one form in both languages: a code, a name, somebody's own words. */
    public static Text same(String words) {
        return new Text(words, words);
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
        return "en".equals(locale.getLanguage()) ? en : zh;
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

    private static String filled(String pattern, Object[] values, Function<Text, String> language) {
        return MessageFormat.format(
                pattern,
                Arrays.stream(values)
                        .map(v -> v instanceof LocalDate day ? of(day) : v)
                        .map(v -> v instanceof Text text ? language.apply(text) : String.valueOf(v))
                        .toArray());
    }
}
