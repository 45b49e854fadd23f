package cn.jincai.policy.forms;

import cn.jincai.kernel.IsoDay;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days, sums and numbers as people write them into a form, with Chinese signs or not: 2026年3月1日, 1.5万元, 60％. */
public final class Written {
    private static final Pattern
            DAY = Pattern.compile("(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?"),
            BARE_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})"),
            MONTH = Pattern.compile("(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*月?"),
            SUM = Pattern.compile("[¥￥]?(\\d{1,12}(?:\\.\\d{1,6})?)(万|亿)?元?"),
            PERCENT = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,9})?)%?"),
            PARTS = Pattern.compile("(\\d{1,7})/(\\d{1,7})"),
            GROUPS = Pattern.compile("(?<![\\d.,])[1-9]\\d{0,2}(,\\d{3})+(?![\\d,])");

    private Written() {}

    public static Optional<LocalDate> day(String text) {
        Matcher day = DAY.matcher(halfWidth(text).strip());
        return day.matches() ? Optional.ofNullable(IsoDay.read(iso(day))) : Optional.empty();
    }

    /** {@code YYYY-MM-DD} of what is written like a day, whether there is such a day or not. */
    static Optional<String> likeADay(String text) {
        String written = halfWidth(text);
        Matcher day = (written.matches("\\d{8}") ? BARE_DAY : DAY).matcher(written);
        return day.matches() ? Optional.of(iso(day)) : Optional.empty();
    }

    private static String iso(Matcher day) {
        return "%s-%02d-%02d".formatted(day.group(1), Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3)));
    }

    /** {@code YYYY-MM}. */
    public static Optional<String> month(String text) {
        Matcher month = MONTH.matcher(halfWidth(text).strip());
        if (!month.matches()) return Optional.empty();
        int number = Integer.parseInt(month.group(2));
        return number < 1 || number > 12 ? Optional.empty() : Optional.of("%s-%02d".formatted(month.group(1), number));
    }

    /** In fen, from yuan, with commas between thousands or not: 8,500, 8500.50元, 1.5万元. Empty also where a part of a fen is left. */
    public static Optional<Long> fen(String text) {
        Matcher sum = SUM.matcher(bare(text));
        if (!sum.matches()) return Optional.empty();
        int places = sum.group(2) == null ? 2 : sum.group(2).equals("万") ? 6 : 10;
        BigDecimal fen = new BigDecimal(sum.group(1)).movePointRight(places).stripTrailingZeros();
        return fen.scale() > 0 || fen.precision() - fen.scale() > 15
                ? Optional.empty()
                : Optional.of(fen.longValueExact());
    }

    /** Without its sign. */
    public static Optional<String> percent(String text) {
        Matcher percent = PERCENT.matcher(bare(text));
        return percent.matches() ? Optional.of(percent.group(1)) : Optional.empty();
    }

    /** Two whole numbers, {@code 2/3}. */
    public static Optional<String> parts(String text) {
        Matcher parts = PARTS.matcher(bare(text));
        return parts.matches() ? Optional.of(parts.group()) : Optional.empty();
    }

    /** A whole number from 0 on. */
    public static Optional<Long> number(String text) {
        String bare = bare(text);
        return bare.matches("\\d{1,15}") ? Optional.of(Long.parseLong(bare)) : Optional.empty();
    }

    /** Half-width, without blanks. Commas stay where they part no thousands: 1,5 is neither 15 nor 1.5. */
    static String bare(String text) {
        return GROUPS.matcher(halfWidth(text).replaceAll("\\s", ""))
                .replaceAll(groups -> groups.group().replace(",", ""));
    }

    /** With the digits and signs of ASCII. */
    public static String halfWidth(String text) {
        return text.codePoints()
                .map(c -> c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c == 0x3000 ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
