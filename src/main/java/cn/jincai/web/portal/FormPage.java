package cn.jincai.web.portal;

import cn.jincai.filing.Identity;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.filing.remembered.Origin;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormInput;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * A form, or a part of it, as a page shows it: what was answered, what was wrong, and what an office asked about. The fragments under
 * {@code templates/form} draw it.
 *
 * @param whole   the form that the parts belong to, whose answers decide what is hidden
 * @param parts   what stands on this page
 * @param remarks what stops nothing and is good to know
 * @param asked   what an office wrote about a field, by key
 * @param origins where answers come from that nobody has typed, by key
 * @param told    keys of fields that need no asking: the account or a number tells them
 */
public record FormPage(
        Form whole,
        List<Form.Part> parts,
        Map<String, Object> answers,
        List<Mistake> mistakes,
        List<Mistake> remarks,
        Map<String, Text> asked,
        LocalDate today,
        boolean marksOptional,
        Map<String, Origin> origins,
        Set<String> told) {
    /** With nothing on it that was not typed. */
    public FormPage(
            Form whole,
            List<Form.Part> parts,
            Map<String, Object> answers,
            List<Mistake> mistakes,
            List<Mistake> remarks,
            Map<String, Text> asked,
            LocalDate today,
            boolean marksOptional) {
        this(whole, parts, answers, mistakes, remarks, asked, today, marksOptional, Map.of(), Set.of());
    }

    /** Of how many years periods are offered. */
    private static final int PERIODS = 2;

    public List<Form.Field> fields() {
        return Form.fields(parts);
    }

    public List<Form.Field> fields(Form.Group group) {
        return Form.fields(group.parts());
    }

    /** Neither the field nor a group around it is hidden by the answers. */
    public boolean isShown(Form.Field field) {
        return whole.shown(answers).contains(field);
    }

    /** The answer in words: labels of what was chosen, dates and sums as people write them; null where nothing was answered. */
    public @Nullable String said(Form.Field field) {
        Object value = answers.get(field.key());
        return value == null ? null : words(field, value, LocaleContextHolder.getLocale());
    }

    private static String words(Form.Field field, @Nullable Object value, Locale locale) {
        if (field.isByMonth() && value instanceof Map<?, ?> months) return months(field, months, locale);
        if (field.isPeriod())
            return Period.of(String.valueOf(value))
                    .map(p -> p.said().in(locale))
                    .orElse(String.valueOf(value));
        if (field.isChoice())
            return FormInput.typed(field, value).stream()
                    .map(code -> field.values().stream()
                            .filter(o -> o.code().equals(code))
                            .findFirst()
                            .map(o -> o.label().in(locale))
                            .orElse(code))
                    .collect(Collectors.joining("\n"));
        if (field.type().equals("date") && value instanceof String s && s.matches("\\d{4}-\\d{2}-\\d{2}"))
            return date(s, locale);
        if (field.isFen() && value instanceof Number fen && fen.longValue() >= 0)
            return Formats.sum(fen.longValue(), locale);
        return String.join("", FormInput.typed(field, value))
                + (field.isPercent() && value instanceof Number ? "%" : "");
    }

    /** A line for each month. */
    private static String months(Form.Field field, Map<?, ?> months, Locale locale) {
        Form.Field one = field.ofOneMonth();
        return months.keySet().stream()
                .map(String::valueOf)
                .sorted()
                .map(month -> Text.of(
                                "web.form.month",
                                Period.said(YearMonth.parse(month)),
                                ofAMonth(one, months.get(month), locale))
                        .in(locale))
                .collect(Collectors.joining("\n"));
    }

    private static String ofAMonth(Form.Field one, @Nullable Object value, Locale locale) {
        if (value == null) return Text.of("web.form.month.unknown").in(locale);
        if (value instanceof Boolean yes)
            return Text.of(yes ? "web.form.yes" : "web.form.no").in(locale);
        return words(one, value, locale);
    }

    /** The months that a field asks for on this page; none while the period is not answered. */
    public List<Month> months(Form.Field field) {
        Map<?, ?> told = answers.get(field.key()) instanceof Map<?, ?> map ? map : Map.of();
        Form.Field one = field.ofOneMonth();
        return field.months(answers, today).stream()
                .map(month -> {
                    Object value = told.get(month.toString());
                    String typed = value instanceof Boolean flag
                            ? flag.toString()
                            : String.join("", FormInput.typed(one, value));
                    return new Month(field.key() + "." + month, Period.said(month), typed);
                })
                .toList();
    }

    /** One of the months of a field. @param name of its input */
    public record Month(String name, Text label, String typed) {}

    /** The choices of today, with what was chosen when it was one. */
    public List<Form.Option> offered(Form.Field field) {
        return field.values().stream()
                .filter(o -> o.isOfferedOn(today) || chosen(field, o))
                .toList();
    }

    /** The periods that may be chosen, the newest first, with the one that was. */
    public List<Form.Option> periods(Form.Field field) {
        Period now = Period.on(field.periodKind(), today);
        List<Form.Option> offered = new ArrayList<>();
        for (int back = 0; back < PERIODS * 12 / now.kind().months; back++) offered.add(option(now.plus(-back)));
        String chosen = typed(field);
        if (offered.stream().noneMatch(o -> o.code().equals(chosen)))
            Period.of(chosen).filter(p -> p.kind() == field.periodKind()).ifPresent(p -> offered.add(option(p)));
        return offered;
    }

    private static Form.Option option(Period period) {
        return new Form.Option(period.written(), period.said());
    }

    /** A draft may hold a day that there is not, as it was typed. */
    private static String date(String text, Locale locale) {
        try {
            return Formats.date(LocalDate.parse(text), locale);
        } catch (DateTimeParseException wrong) {
            return text;
        }
    }

    /** Of a field that was changed here and in another tab: its present value. */
    static Text changedElsewhere(Form.Field field, @Nullable Object now) {
        Text words = new Text(words(field, now, Locale.CHINA), words(field, now, Locale.ENGLISH));
        return Text.of("web.form.changedElsewhere", field.label(), words);
    }

    /** What an office calls an item: a field's label or a document's name. */
    public Text name(String item, Scheme scheme) {
        return Stream.concat(scheme.documents().stream(), Stream.of(Identity.PAPER, Mandates.PAPER))
                .filter(d -> d.code().equals(item))
                .findFirst()
                .map(Scheme.Document::name)
                .orElse(whole.label(item));
    }

    public String id(Form.Field field) {
        return "f-" + field.key();
    }

    /** The single text of an input; empty where nothing is answered. */
    public String typed(Form.Field field) {
        List<String> texts = FormInput.typed(field, answers.get(field.key()));
        return texts.isEmpty() ? "" : texts.get(0);
    }

    /** In a long list: what was chosen as people search it, or what was typed and is no choice. */
    public String searched(Form.Field field) {
        String typed = typed(field);
        return field.values().stream()
                .filter(o -> o.code().equals(typed))
                .findFirst()
                .map(o -> field.searchedBy(o, LocaleContextHolder.getLocale()))
                .orElse(typed);
    }

    public boolean chosen(Form.Field field, Form.Option option) {
        return FormInput.typed(field, answers.get(field.key())).contains(option.code());
    }

    public @Nullable Text error(Form.Field field) {
        return of(field, mistakes);
    }

    /** Changed here and elsewhere: its author takes one of the two. */
    public boolean isDisputed(Form.Field field) {
        return mistakes.stream()
                .anyMatch(m -> m.field().equals(field.key()) && m.code().equals(CaseForms.CHANGED_ELSEWHERE));
    }

    private static @Nullable Text of(Form.Field field, List<Mistake> mistakes) {
        return mistakes.stream()
                .filter(m -> m.field().equals(field.key()))
                .map(Mistake::message)
                .findFirst()
                .orElse(null);
    }

    /** Where the answer comes from; null where its author has typed it. */
    public @Nullable Origin origin(Form.Field field) {
        return origins.get(field.key());
    }

    /** Shown as it is known instead of asked. An answer that is wrong is asked again. */
    public boolean isTold(Form.Part part) {
        return part instanceof Form.Field field && told.contains(field.key()) && error(field) == null;
    }

    /** Whether it can come and go while somebody fills the page in: by a condition, or because a number that is typed tells it. What is shown as it is known stays. */
    public boolean mayHide(Form.Part part) {
        if (part.hide().isPresent()) return true;
        return part instanceof Form.Field field
                && !isTold(field)
                && whole.fields().stream()
                        .anyMatch(f -> field.key().equals(f.properties().get("birthDate")));
    }

    public @Nullable Text ask(Form.Field field) {
        return asked.get(field.key());
    }

    /** What is good to know of what stands there; null where there is nothing, or a mistake is told. */
    public @Nullable Text remark(Form.Field field) {
        return error(field) != null ? null : of(field, remarks);
    }

    public @Nullable String describedBy(Form.Field field) {
        List<String> ids = new ArrayList<>();
        if (field.description() != null) ids.add(id(field) + "-hint");
        if (error(field) != null) ids.add(id(field) + "-error");
        if (remark(field) != null) ids.add(id(field) + "-remark");
        if (ask(field) != null) ids.add(id(field) + "-asked");
        if (origin(field) != null) ids.add(id(field) + "-origin");
        return ids.isEmpty() ? null : String.join(" ", ids);
    }

    /** A group that is the page itself has its name in the page's heading. */
    public boolean headed(Form.Group group) {
        return parts.size() > 1 && !group.label().zh().isEmpty();
    }

    public boolean shows(Form.Part part) {
        return part.hide().isEmpty() || !part.hide().get().holds(whole.clean(answers));
    }

    /** Ids of the parts that these answers hide; the browser hides them too. */
    public List<String> hidden() {
        return Stream.concat(hidden(parts).stream(), fields().stream().filter(this::isTold))
                .map(p -> "part-" + p.id())
                .toList();
    }

    private List<Form.Part> hidden(List<Form.Part> some) {
        List<Form.Part> hidden = new ArrayList<>();
        for (Form.Part part : some) {
            if (!shows(part)) hidden.add(part);
            if (part instanceof Form.Group g) hidden.addAll(hidden(g.parts()));
        }
        return hidden;
    }

    /** Labels of the fields that decide whether this part is asked, for a page without JavaScript. */
    public String dependsOn(Form.Part part) {
        var locale = LocaleContextHolder.getLocale();
        return whole.fields().stream()
                .filter(f -> part.hide().orElseThrow().reads(f.key()))
                .map(f -> f.label().in(locale))
                .collect(Collectors.joining(locale.getLanguage().equals("en") ? ", " : "、"));
    }

    public String width(Form.Field field) {
        Integer most = field.limits().maxLength();
        return most != null && most <= 20 ? " govuk-input--width-20" : "";
    }

    public @Nullable String keyboard(Form.Field field) {
        String fill = field.properties().getOrDefault("autocomplete", "");
        return "email".equals(field.limits().validationType()) ? "email" : fill.equals("tel") ? "tel" : null;
    }
}
