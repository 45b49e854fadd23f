package cn.jincai.kernel;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A sentence in both languages. Chinese is what binds; English helps. */
public record Text(String zh, String en) {
    private static final DateTimeFormatter ZH = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA),
            EN = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);

    /** A day as people write it: 2026年3月2日, 2 March 2026. */
    public static Text of(LocalDate day) {
        return new Text(ZH.format(day), EN.format(day));
    }

    public String in(Locale locale) {
        return "en".equals(locale.getLanguage()) ? en : zh;
    }
}
