package cn.jincai.policy.forms;

import cn.jincai.kernel.Period;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Percent;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.registers.Entry;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Camunda Form ({@code .form}) as the portal shows it and the server checks it. Chinese stands in the file, English in {@code en.yaml} beside it.
 *
 * @param name         the file's path below {@code forms/} without its ending: {@code application}, {@code common/first-review}
 * @param id           the form's id, by which diagrams refer to it
 * @param parts        what stands on it, from top to bottom
 * @param untranslated texts that {@code en.yaml} lacks, by the key under which they belong there; Chinese stands in for them
 * @param shared       by id, the file of what comes from a part that forms share; also by the key of an untranslated text
 */
public record Form(String name, String id, List<Part> parts, List<String> untranslated, Map<String, String> shared) {
    /** One that a page puts together. */
    public Form(String name, String id, List<Part> parts, List<String> untranslated) {
        this(name, id, parts, untranslated, Map.of());
    }

    /** The file in which this component, or the text without English under this key, stands. */
    public String file(String idOrKey) {
        return shared.getOrDefault(idOrKey, "forms/" + name + ".form");
    }

    /** One thing on the form. It is hidden exactly when its condition, or that of a group around it, is true; unknown means shown. */
    public sealed interface Part permits Group, Field, Words {
        String id();

        Optional<FormCondition> hide();

        /** For the fragment that draws it. */
        default String kind() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    /** Fields that belong together: on the portal a section with a page of its own. */
    public record Group(
            String id,
            Text label,
            @Nullable Text description,
            Optional<FormCondition> hide,
            List<Part> parts,
            Map<String, String> properties)
            implements Part {}

    /** Words between the fields, in Markdown's simplest form: paragraphs, {@code **bold**}, {@code # heading}. */
    public record Words(String id, Text text, Optional<FormCondition> hide) implements Part {}

    /**
     * Something to fill in.
     *
     * @param key        under which the answer is kept: a fact's name, or a person's key such as {@code documentNumber}
     * @param type       {@code textfield}, {@code textarea}, {@code number}, {@code select}, {@code radio}, {@code checklist}, {@code checkbox}, {@code date}
     * @param values     what may be chosen, empty for the other types and where {@code valuesKey} names a variable
     * @param properties what Camunda Forms has no word for: {@code unit: fen} or {@code percent}, {@code past: true}, {@code check: resident-id} (see {@link FormCheck}), {@code each: groundsFor},
     *     {@code months: claimPeriod} or {@code months: 12}, {@code period: quarter}
     */
    public record Field(
            String id,
            String key,
            String type,
            Text label,
            @Nullable Text description,
            boolean required,
            boolean disabled,
            List<Option> values,
            String valuesKey,
            Limits limits,
            @Nullable Object defaultValue,
            Optional<FormCondition> hide,
            Map<String, String> properties)
            implements Part {
        /** Chosen from a list, one or several. */
        public boolean isChoice() {
            return Stream.of("select", "radio", "checklist").anyMatch(type::equals);
        }

        /** So many choices that one searches for one's own instead of reading them all. */
        public boolean isLong() {
            return values.size() > 50;
        }

        /** What people search a choice by: its name, with the code where another one is called the same. */
        public String searchedBy(Option option, Locale locale) {
            String name = option.label().in(locale);
            boolean alone = values.stream()
                    .noneMatch(o -> o != option && o.label().in(locale).equalsIgnoreCase(name));
            return alone ? name : name + " (" + option.code() + ")";
        }

        /** The answer is a list. */
        public boolean isList() {
            return type.equals("checklist");
        }

        /** Asked once for each of several things, whose list the task gives under this name: the answer is a map from each thing's code to its words. */
        public boolean isForEach() {
            return properties.containsKey("each");
        }

        /** Asked once for each month: the answer is a map by month. */
        public boolean isByMonth() {
            return properties.containsKey("months");
        }

        /** The months that it asks for: those of the period that another field tells, or so many up to now; none while the period is not told. */
        public List<YearMonth> months(Map<String, Object> answers, LocalDate today) {
            String months = properties.getOrDefault("months", "");
            if (months.matches("\\d{1,2}")) {
                YearMonth first = YearMonth.from(today).minusMonths(Integer.parseInt(months) - 1L);
                return Stream.iterate(first, m -> m.plusMonths(1))
                        .limit(Integer.parseInt(months))
                        .toList();
            }
            return answers.get(months) instanceof String told
                    ? Period.of(told).map(Period::months).orElse(List.of())
                    : List.of();
        }

        /** The piece of a page that draws it. */
        public String drawn() {
            return isByMonth() ? "months" : isPeriod() ? "period" : type;
        }

        /** As it is asked for one month. */
        public Field ofOneMonth() {
            return new Field(
                    id,
                    key,
                    type,
                    label,
                    description,
                    required,
                    disabled,
                    values,
                    valuesKey,
                    limits,
                    defaultValue,
                    hide,
                    properties.entrySet().stream()
                            .filter(p -> !p.getKey().equals("months"))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        }

        /** A month, quarter or half-year, chosen from those up to now. */
        public boolean isPeriod() {
            return properties.containsKey("period");
        }

        public Period.Kind periodKind() {
            return Period.Kind.of(properties.getOrDefault("period", "")).orElse(Period.Kind.MONTH);
        }

        public boolean isDate() {
            return type.equals("date");
        }

        /** Kept in fen, typed and shown in yuan. */
        public boolean isFen() {
            return "fen".equals(properties.get("unit"));
        }

        /** A percentage with at most four decimals; its limits are in the parts of {@link Percent}. */
        public boolean isPercent() {
            return "percent".equals(properties.get("unit"));
        }

        /** For how many days an answer is offered again in the next application (the property {@code remembered}); 0 where it is asked each time. */
        public int rememberedDays() {
            String days = properties.getOrDefault("remembered", "0");
            return days.matches("\\d{1,4}") ? Integer.parseInt(days) : 0;
        }

        /** The smallest number that may be entered. */
        public long least() {
            return limits.min() == null ? 0 : limits.min();
        }

        /** The largest number that may be entered. */
        public long most() {
            return limits.max() != null ? limits.max() : isPercent() ? Percent.WHOLE : Scheme.LARGEST;
        }

        public Optional<Option> option(@Nullable Object value) {
            return values.stream().filter(o -> Objects.equals(o.value(), value)).findFirst();
        }
    }

    /**
     * @param value   text, whole number or true/false, as the answer keeps it
     * @param entries of the register that it is taken from; none where the form writes the choice itself, which is then offered on every day
     */
    public record Option(
            Object value, Text label, @JsonIgnore List<Entry> entries) {
        public Option(Object value, Text label) {
            this(value, label, List.of());
        }

        public boolean isOfferedOn(LocalDate day) {
            return entries.isEmpty() || entries.stream().anyMatch(e -> e.holdsOn(day));
        }

        /** As it travels in an HTML form. */
        public String code() {
            return String.valueOf(value);
        }
    }

    /** What {@code validate} in the file asks for; lengths in characters (code points), null where it asks nothing. */
    public record Limits(
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable Long min,
            @Nullable Long max,
            @Nullable String pattern,
            @Nullable String validationType) {}

    /** All fields, in order, also those inside groups. */
    public List<Field> fields() {
        return fields(parts);
    }

    public static List<Field> fields(List<Part> parts) {
        return parts.stream()
                .flatMap(p -> p instanceof Group g
                        ? fields(g.parts()).stream()
                        : p instanceof Field f ? Stream.of(f) : Stream.empty())
                .toList();
    }

    public Optional<Field> field(String key) {
        return fields().stream().filter(f -> f.key().equals(key)).findFirst();
    }

    /** The field's label, or the key itself where the form has no such field. */
    public Text label(String key) {
        return field(key).map(Field::label).orElse(Text.same(key));
    }

    public String text(String key, boolean english) {
        return english ? label(key).en() : label(key).zh();
    }

    /** Whether the answer to this field decides what else is asked. */
    public boolean decides(String key) {
        return decides(parts, key);
    }

    private static boolean decides(List<Part> parts, String key) {
        return parts.stream()
                .anyMatch(p -> p.hide().filter(c -> c.reads(key)).isPresent()
                        || p instanceof Group g && decides(g.parts(), key));
    }

    /** The form with only these fields on it, as a supplement or a screener asks them; groups left empty fall away. */
    public Form only(java.util.function.Predicate<Field> wanted) {
        return new Form(name, id, only(parts, wanted), untranslated, shared);
    }

    private static List<Part> only(List<Part> parts, java.util.function.Predicate<Field> wanted) {
        return parts.stream()
                .<Part>flatMap(p -> {
                    if (p instanceof Field f) return wanted.test(f) ? Stream.of(p) : Stream.empty();
                    if (!(p instanceof Group g)) return Stream.of(p);
                    List<Part> left = only(g.parts(), wanted);
                    return fields(left).isEmpty()
                            ? Stream.empty()
                            : Stream.of(new Group(g.id(), g.label(), g.description(), g.hide(), left, g.properties()));
                })
                .toList();
    }

    /** The fields that these answers leave open to see. What is hidden counts as not answered, also where another condition reads it. */
    public List<Field> shown(Map<String, Object> answers) {
        Map<String, Object> known = new HashMap<>(answers);
        while (true) {
            List<Field> shown = shown(parts, known);
            List<String> keys = shown.stream().map(Field::key).toList();
            boolean stable = fields().stream()
                    .map(Field::key)
                    .filter(k -> !keys.contains(k))
                    .filter(k -> known.remove(k) != null)
                    .toList()
                    .isEmpty();
            if (stable) return shown;
        }
    }

    private static List<Field> shown(List<Part> parts, Map<String, Object> answers) {
        List<Field> shown = new ArrayList<>();
        for (Part part : parts) {
            if (part.hide().isPresent() && part.hide().get().holds(answers)) continue;
            if (part instanceof Group g) shown.addAll(shown(g.parts(), answers));
            if (part instanceof Field f) shown.add(f);
        }
        return shown;
    }

    /** The answers without what is hidden, empty, or no field of this form. */
    public Map<String, Object> clean(Map<String, Object> answers) {
        Map<String, Object> clean = new LinkedHashMap<>();
        for (Field field : shown(answers)) {
            Object value = answers.get(field.key());
            if (value != null && !value.equals("")) clean.put(field.key(), value);
        }
        return clean;
    }

    /** The top sections; fields outside any group make one of their own, so that every form can be walked section by section. */
    public List<Group> sections() {
        List<Group> sections = new ArrayList<>();
        List<Part> loose = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Group g) sections.add(g);
            else loose.add(part);
        }
        if (!fields(loose).isEmpty())
            sections.add(
                    0,
                    new Group(
                            "general",
                            Text.of("policy.form.basics"),
                            null,
                            Optional.empty(),
                            List.copyOf(loose),
                            Map.of()));
        return sections;
    }
}
