package cn.jincai.web.portal;

import cn.jincai.assessment.explanation.Explanation;
import cn.jincai.filing.remembered.Origin;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.Runs;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Parameter;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Rate;
import cn.jincai.policy.Scale;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.policy.Steps;
import cn.jincai.policy.registers.Registers;
import cn.jincai.registry.Sources;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Values as people write them, in the language of the page: 2026年3月2日, 2 March 2026; 50,000 元, CNY 50,000. Templates know it as {@code formats}. */
@Component
public class Formats {
    private final MessageSource messages;
    private final Sources sources;
    private final Runs runs;
    private final Packages packages;
    private final CityClock clock;

    Formats(MessageSource messages, Sources sources, Runs runs, Packages packages, CityClock clock) {
        this.packages = packages;
        this.clock = clock;
        this.messages = messages;
        this.sources = sources;
        this.runs = runs;
    }

    public boolean english() {
        return LocaleContextHolder.getLocale().getLanguage().equals("en");
    }

    public String text(@Nullable Text text) {
        return text == null ? "" : text.in(LocaleContextHolder.getLocale());
    }

    /** Where an answer comes from that was not typed, and of which day it is. */
    public String origin(Origin origin) {
        String from = origin.name() == null
                ? ""
                : origin.kind() == Origin.Kind.SOURCE ? text(sources.nameOf(origin.name())) : origin.name();
        return told("origin." + origin.kind().code(), from, date(origin.day()));
    }

    public String date(@Nullable LocalDate day) {
        return day == null ? "" : date(day, LocaleContextHolder.getLocale());
    }

    static String date(LocalDate day, Locale locale) {
        return Text.of(day).in(locale);
    }

    /** The day of an instant in the city. */
    public String day(@Nullable Instant at) {
        return at == null ? "" : date(at.atZone(CityClock.ZONE).toLocalDate());
    }

    /** A limit ends at 24:00 of its last day, which as an instant is the next day's beginning: say the last day. */
    public String lastDay(@Nullable Instant end) {
        return end == null ? "" : day(end.minusMillis(1));
    }

    /** A run as its scheme calls it, with the month in which it opened, with which its number ends. */
    public String run(String number) {
        String month = month(YearMonth.parse(number.substring(number.length() - 7)));
        return runs.named(number)
                .map(name -> told("run.named", month, text(name)))
                .orElseGet(() -> told("run", month));
    }

    public String month(YearMonth month) {
        return DateTimeFormatter.ofPattern(english() ? "MMMM yyyy" : "yyyy年M月", LocaleContextHolder.getLocale())
                .format(month);
    }

    public String time(@Nullable Instant at) {
        return at == null ? "" : day(at) + " " + clock(at);
    }

    /** The city's time of day, whatever the reader's device says: 14:03. */
    public String clock(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm").format(at.atZone(CityClock.ZONE));
    }

    /** Whole yuan without a fraction. */
    public String sum(@Nullable Long fen) {
        return fen == null ? "" : sum(fen, LocaleContextHolder.getLocale());
    }

    public String sum(Money sum) {
        return sum == null ? "" : sum(sum.fen());
    }

    static String sum(long fen, Locale locale) {
        String yuan = new Money(fen).yuan();
        String plain = yuan.endsWith(".00") ? yuan.substring(0, yuan.length() - 3) : yuan;
        return Text.of("web.sum", plain).in(locale);
    }

    /** A value of the rules with its unit: {@code fen}, {@code months}, {@code years}, {@code count}, {@code date}, {@code flag} or a rate; null asks nothing. */
    public String value(String unit, @Nullable Object is) {
        if (is == null) return told("unit.none");
        if (unit.equals("fen")) return sum(((Number) is).longValue());
        if (is instanceof LocalDate day) return date(day);
        if (is instanceof Boolean yes) return told(yes ? "unit.yes" : "unit.no");
        if (is instanceof Rate rate) return rate.said();
        if (unit.equals(Parameter.PERCENT) && is instanceof Long parts) return Percent.said(parts);
        if (is instanceof Scale scale) return text(Explanation.shown(scale));
        return told("unit." + unit, is);
    }

    private String told(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }

    /** A fact's value in words; unknown is said as such. */
    public String fact(Scheme scheme, String name, @Nullable Object value) {
        if (value == null) return told("fact.unknown");
        if (value instanceof List<?> list)
            return list.isEmpty()
                    ? told("fact.none")
                    : all(list.stream().map(v -> fact(scheme, name, v)).toList());
        if (value instanceof LocalDate day) return date(day);
        if (value instanceof Boolean yes) return told(yes ? "unit.yes" : "unit.no");
        Optional<Scheme.Fact> fact = scheme.fact(name);
        if (fact.filter(f -> f.type() == Scheme.Type.SERIES || f.type() == Scheme.Type.PERIOD)
                .isPresent()) return text(Explanation.shown(fact.get(), value));
        if (value instanceof Number fen
                && fact.filter(f -> f.type() == Scheme.Type.FEN).isPresent()) return sum(fen.longValue());
        if (value instanceof Number percent
                && fact.filter(f -> f.type() == Scheme.Type.PERCENT).isPresent())
            return Percent.of(percent).map(Percent::said).orElse(String.valueOf(value));
        return fact.flatMap(f -> f.value(String.valueOf(value)))
                .map(v -> text(v.name()))
                .orElse(String.valueOf(value));
    }

    /** A value of a fact, by itself. */
    public String typed(Scheme.Fact fact, Object value) {
        if (value instanceof Boolean yes) return told(yes ? "unit.yes" : "unit.no");
        if (value instanceof LocalDate day) return date(day);
        return fact.value(String.valueOf(value)).map(v -> text(v.name())).orElse(String.valueOf(value));
    }

    /** Who gave a fact: a person, the product's own records, or a source as its register names it. */
    public String source(@Nullable String source) {
        return source == null
                ? told("fact.unknown")
                : messages.getMessage(
                        "source." + source, null, text(sources.nameOf(source)), LocaleContextHolder.getLocale());
    }

    public String sources(Collection<String> sources) {
        return all(sources.stream().map(this::source).toList());
    }

    /** A fund as its register calls it today, or last did. */
    public String fund(String fund) {
        return packages.registersIfWhole()
                .nameOf(clock.today(), Registers.FUNDS, fund)
                .map(this::text)
                .orElse(fund);
    }

    /** @param steps of the case's package */
    public String stages(Steps steps, List<String> keys) {
        return all(keys.stream().map(key -> text(steps.get(key).status())).toList());
    }

    /** What a step came to. */
    public String outcome(Steps steps, String step, String outcome) {
        Step.Outcome said = steps.get(step).outcomes().get(outcome);
        return said == null ? told("opinion." + outcome) : text(said.name());
    }

    /** Who acted: a role's code, for officers with the account behind it, or the system. */
    public String by(@Nullable String by) {
        if (by == null || by.equals("system")) return told("by.system");
        String[] words = by.split(" ", 2);
        String role = role(Role.named(words[0]));
        return words.length == 1 ? role : role + " " + words[1];
    }

    /** As the register calls it today, or last did. */
    public String role(Role role) {
        return text(packages.nameOf(role));
    }

    /** What is wrong with a field; null where nothing is. */
    public @Nullable String mistake(@Nullable List<Mistake> mistakes, String field) {
        return mistakes == null
                ? null
                : mistakes.stream()
                        .filter(m -> m.field().equals(field))
                        .map(m -> text(m.message()))
                        .findFirst()
                        .orElse(null);
    }

    public String bytes(long bytes) {
        return bytes < 1 << 20 ? Math.max(1, bytes >> 10) + " KB" : "%.1f MB".formatted(bytes / (double) (1 << 20));
    }

    /** Sentences or names in a row. */
    public String texts(List<Text> parts) {
        return all(parts.stream().map(this::text).toList());
    }

    public String all(List<String> parts) {
        return String.join(english() ? ", " : "、", parts);
    }
}
