package cn.jincai.policy.forms;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Percent;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Checks answers against their form, whatever the browser did. The rules are those of Camunda's viewer, with lengths in characters instead of UTF-16
 * units, values outside the list refused, and what its schema has no word for: {@code past: true} (a date that can't lie in the future),
 * {@code unit: fen} or {@code percent}, {@code check: NAME} (a {@link FieldCheck}), only made where {@code checkWhen: =...} is true.
 */
@Component
public class FormCheck {
    private static final Pattern PHONE = Pattern.compile("^\\+?\\d[\\d -]{5,18}\\d$");

    private final CityClock clock;
    private final List<FieldCheck> checks;

    @Autowired
    public FormCheck(CityClock clock, ObjectProvider<FieldCheck> checks) {
        this(clock, checks.orderedStream().toList());
    }

    /** With these checks of fields, where nothing is injected. */
    public FormCheck(CityClock clock, List<FieldCheck> checks) {
        this.clock = clock;
        this.checks = checks;
    }

    /** The names that a form may write behind {@code check:}. */
    public Set<String> names() {
        return Set.copyOf(checks.stream().map(FieldCheck::name).toList());
    }

    /** The properties that the check of this name reads; none where there is no such check. */
    public Set<String> properties(String name) {
        return checks.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .map(FieldCheck::properties)
                .orElse(Set.of());
    }

    /** All mistakes of a form that is sent: what is missing and what is wrong. Hidden and disabled fields are not looked at. */
    public List<Mistake> check(Form form, Map<String, Object> answers) {
        return check(form, answers, true);
    }

    /** What is wrong in what is there; a draft may have gaps. */
    public List<Mistake> checkDraft(Form form, Map<String, Object> answers) {
        return check(form, answers, false);
    }

    /** What whoever fills the form in should know of what he has written, though it is no mistake and stops nothing. */
    public List<Mistake> remarks(Form form, Map<String, Object> answers) {
        List<Mistake> remarks = new ArrayList<>();
        for (Form.Field field : form.shown(answers))
            if (answers.get(field.key()) instanceof String text && !text.isBlank())
                checks.stream()
                        .filter(c -> c.isAlwaysMade(field) && !c.stops())
                        .flatMap(c -> c.mistake(field, text.strip(), answers).stream())
                        .forEach(remarks::add);
        return remarks;
    }

    private List<Mistake> check(Form form, Map<String, Object> answers, boolean complete) {
        List<Mistake> mistakes = new ArrayList<>();
        for (Form.Field field : form.shown(answers)) {
            if (field.disabled()) continue;
            @Nullable Object value = answers.get(field.key());
            if (isEmpty(field, value)) {
                if (complete && field.required()) mistakes.add(missing(field));
            } else if (complete
                    && field.required()
                    && value instanceof String text
                    && spelt(field, text).isBlank()) {
                mistakes.add(missing(field)); // nothing but signs that nobody sees
            } else {
                mistake(field, value, answers, complete).ifPresent(mistakes::add);
            }
        }
        return mistakes;
    }

    /** Whether a field takes a value, as far as its own limits go: neither other answers nor the day are looked at. */
    public static boolean takes(Form.Field field, @Nullable Object value) {
        if (!field.valuesKey().isEmpty() || field.isByMonth()) return true;
        if (field.isChoice()) return chosen(field, value).isEmpty();
        if (field.type().equals("number")) return number(field, value).isEmpty();
        return !(value instanceof String text) || written(field, text).isEmpty();
    }

    private static boolean isEmpty(Form.Field field, @Nullable Object value) {
        return value == null
                || value.equals("")
                || value instanceof List<?> l && l.isEmpty()
                || value instanceof Map<?, ?> m && m.values().stream().allMatch(v -> v == null || v.equals(""))
                || field.type().equals("checkbox") && value.equals(false);
    }

    private static Mistake missing(Form.Field field) {
        boolean chosen = field.isChoice() || field.type().equals("checkbox");
        return Mistake.of(
                field.key(), chosen ? "policy.answer.choose.REQUIRED" : "policy.answer.enter.REQUIRED", field.label());
    }

    private Optional<Mistake> mistake(
            Form.Field field, @Nullable Object value, Map<String, Object> answers, boolean complete) {
        if (field.isByMonth()) return months(field, value, answers, complete);
        if (field.isForEach()) return forEach(field, value, answers);
        return one(field, value, answers);
    }

    private Optional<Mistake> months(
            Form.Field field, @Nullable Object value, Map<String, Object> answers, boolean complete) {
        if (!(value instanceof Map<?, ?> told)) return wrong(field, value, "policy.answer.months.TYPE");
        TreeSet<YearMonth> months = new TreeSet<>();
        for (Map.Entry<?, ?> one : told.entrySet()) {
            YearMonth month = Period.month(String.valueOf(one.getKey()));
            if (month == null) return wrong(field, one.getKey(), "policy.answer.MONTH");
            months.add(month);
            Optional<Mistake> mistake =
                    one.getValue() == null ? Optional.empty() : one(field.ofOneMonth(), one.getValue(), answers);
            if (mistake.isPresent()) return mistake.map(m -> inMonth(m, month));
        }
        if (months.isEmpty()) return Optional.empty();
        for (YearMonth month = months.first(); month.isBefore(months.last()); month = month.plusMonths(1))
            if (!months.contains(month)) return wrong(field, null, "policy.answer.MONTH_MISSING", Period.said(month));
        if (!complete || !field.required()) return Optional.empty();
        return field.months(answers, clock.today()).stream()
                .filter(month -> told.get(month.toString()) == null)
                .findFirst()
                .map(month ->
                        Mistake.of(field.key(), "policy.answer.month.REQUIRED", field.label(), Period.said(month)));
    }

    private static Mistake inMonth(Mistake mistake, YearMonth month) {
        return new Mistake(
                mistake.field(),
                mistake.code(),
                Text.of("policy.answer.inMonth", Period.said(month), mistake.message()));
    }

    private Optional<Mistake> forEach(Form.Field field, @Nullable Object value, Map<String, Object> answers) {
        if (!(value instanceof Map<?, ?> words)) return wrong(field, value, "policy.answer.each.TYPE");
        return words.values().stream()
                .filter(w -> !isEmpty(field, w))
                .map(w -> one(field, w, answers))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Mistake> one(Form.Field field, @Nullable Object value, Map<String, Object> answers) {
        return switch (field.type()) {
            case "checkbox" ->
                value instanceof Boolean ? Optional.empty() : wrong(field, value, "policy.answer.yesOrNo.TYPE");
            case "number" -> number(field, value);
            case "date" -> date(field, value);
            case "checklist" ->
                value instanceof List<?> list
                        ? list(field, list).or(() -> over(field, list))
                        : wrong(field, value, "policy.answer.list.TYPE");
            case "select", "radio" ->
                chosen(field, value).or(() -> over(field, value == null ? List.of() : List.of(value)));
            default ->
                value instanceof String s ? text(field, s, answers) : wrong(field, value, "policy.answer.text.TYPE");
        };
    }

    private static Optional<Mistake> number(Form.Field field, @Nullable Object value) {
        Optional<Long> number = Optional.empty();
        if (field.isPercent()) {
            if (value instanceof Number n) number = Percent.of(n);
        } else if (value instanceof Integer || value instanceof Long)
            number = Optional.of(((Number) value).longValue());
        if (number.isEmpty())
            return field.isPercent()
                    ? wrong(field, value, "policy.answer.percent.TYPE")
                    : field.isFen()
                            ? wrong(field, value, "policy.answer.sum.TYPE")
                            : wrong(field, value, "policy.answer.whole.TYPE");
        long n = number.get(), min = field.least(), max = field.most();
        if (n < min) return wrong(field, null, "policy.answer.TOO_SMALL", shown(field, min));
        if (n > max) return wrong(field, null, "policy.answer.TOO_LARGE", shown(field, max));
        return Optional.empty();
    }

    private static String shown(Form.Field field, long n) {
        if (field.isPercent()) return Percent.said(n);
        return field.isFen()
                ? java.math.BigDecimal.valueOf(n, 2).stripTrailingZeros().toPlainString()
                : Long.toString(n);
    }

    private Optional<Mistake> date(Form.Field field, @Nullable Object value) {
        LocalDate date = value instanceof LocalDate d ? d : value instanceof String s ? parsed(s) : null;
        if (date == null) return wrong(field, value, "policy.answer.NOT_A_DATE");
        if (date.getYear() < 1900) return wrong(field, value, "policy.answer.before1900.NOT_A_DATE");
        if ("true".equals(field.properties().get("past")) && date.isAfter(clock.today()))
            return wrong(field, value, "policy.answer.IN_FUTURE");
        return Optional.empty();
    }

    private static @Nullable LocalDate parsed(String s) {
        try {
            return s.matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(s) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Optional<Mistake> list(Form.Field field, List<?> list) {
        if (new HashSet<>(list).size() < list.size()) return wrong(field, null, "policy.answer.TWICE");
        return list.stream()
                .map(v -> chosen(field, v))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Mistake> chosen(Form.Field field, @Nullable Object value) {
        if (!field.valuesKey().isEmpty()) return Optional.empty();
        if (field.isPeriod())
            return value instanceof String told
                            && Period.of(told)
                                    .filter(p -> p.kind() == field.periodKind())
                                    .isPresent()
                    ? Optional.empty()
                    : wrong(field, value, "policy.answer.NOT_OFFERED");
        Object wanted = value instanceof Integer i ? (Object) i.longValue() : value;
        return field.option(wanted).isPresent() ? Optional.empty() : wrong(field, value, "policy.answer.NOT_OFFERED");
    }

    /** A choice of a register that is not offered today. */
    private Optional<Mistake> over(Form.Field field, List<?> chosen) {
        LocalDate today = clock.today();
        return chosen.stream()
                .flatMap(value -> field.option(value).stream())
                .filter(option -> !option.isOfferedOn(today))
                .findFirst()
                .flatMap(option -> wrong(field, option.value(), "policy.answer.NOT_OFFERED"));
    }

    private Optional<Mistake> text(Form.Field field, String value, Map<String, Object> answers) {
        String spelt = spelt(field, value);
        return always(field, spelt, answers, true)
                .or(() -> written(field, spelt))
                .or(() -> always(field, spelt, answers, false))
                .or(() -> named(field, spelt.strip(), answers));
    }

    private Optional<Mistake> always(Form.Field field, String spelt, Map<String, Object> answers, boolean first) {
        return checks.stream()
                .filter(c -> c.isAlwaysMade(field) && c.stops() && c.first() == first)
                .flatMap(c -> c.mistake(field, spelt.strip(), answers).stream())
                .findFirst();
    }

    /** An answer in the one spelling in which it is kept: numbers in half width and without blanks, whatever they were copied from. */
    public String spelt(Form.Field field, String value) {
        String spelt = switch (Objects.requireNonNullElse(field.limits().validationType(), "")) {
            case "phone" -> Contact.phone(value);
            case "email" -> Contact.email(value);
            default -> value;
        };
        for (FieldCheck check : checks)
            if (check.isAlwaysMade(field)
                    || check.name().equals(field.properties().get("check")))
                spelt = check.spelling().apply(spelt);
        return spelt;
    }

    private static Optional<Mistake> written(Form.Field field, String value) {
        Form.Limits limits = field.limits();
        String trimmed = value.strip();
        int length = trimmed.codePointCount(0, trimmed.length());
        if (Spelling.isDamaged(value)
                || value.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'))
            return wrong(field, null, "policy.answer.BAD_CHARACTER");
        if (limits.minLength() != null && length < limits.minLength())
            return wrong(field, value, "policy.answer.TOO_SHORT", limits.minLength());
        int most = limits.maxLength() == null ? (field.type().equals("textarea") ? 10_000 : 1_000) : limits.maxLength();
        if (length > most) return wrong(field, null, "policy.answer.TOO_LONG", most);
        if (limits.pattern() != null
                && !Pattern.compile(limits.pattern()).matcher(value).find())
            return field.description() == null
                    ? wrong(field, value, "policy.answer.PATTERN")
                    : wrong(field, value, "policy.answer.described.PATTERN", field.description());
        if ("email".equals(limits.validationType()) && !Contact.isEmail(value))
            return wrong(field, value, "policy.answer.NOT_AN_EMAIL");
        if ("phone".equals(limits.validationType()) && !PHONE.matcher(value).matches())
            return wrong(field, value, "policy.answer.NOT_A_PHONE");
        return Optional.empty();
    }

    private Optional<Mistake> named(Form.Field field, String value, Map<String, Object> answers) {
        String name = field.properties().get("check");
        String when = field.properties().get("checkWhen");
        if (name == null || when != null && !FormCondition.of(when).holds(answers)) return Optional.empty();
        return checks.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(Problem.Kind.INVALID, "policy.answer.UNKNOWN_CHECK", name))
                .mistake(field, value, answers);
    }

    private static Optional<Mistake> wrong(Form.Field field, @Nullable Object value, String key, Object... values) {
        Text wrong = Text.of(key, values);
        String masked = value == null ? "" : mask(String.valueOf(value));
        return Optional.of(new Mistake(
                field.key(),
                Problem.codeOf(key),
                masked.isEmpty()
                        ? Text.of("policy.answer.wrong", field.label(), wrong)
                        : Text.of("policy.answer.wrongValue", field.label(), masked, wrong)));
    }

    /** Enough of a value to find the slip, too little to know the person: up to three characters in front, two behind. */
    public static String mask(String value) {
        int[] all = value.strip().codePoints().toArray();
        int front = Math.min(3, all.length / 4);
        int back = Math.min(2, all.length / 4);
        StringBuilder masked = new StringBuilder();
        for (int i = 0; i < Math.min(all.length, 24); i++)
            masked.appendCodePoint(i < front || i >= all.length - back && all.length <= 24 ? all[i] : '*');
        return masked.toString();
    }
}
