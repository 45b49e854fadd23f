package cn.jincai.filing.sight;

import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.KnownFact;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Steps;
import cn.jincai.policy.forms.FieldClass;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** What a reader sees of a case's fields: as much as the steps of his roles need (decision 150). */
@Component
@EnableConfigurationProperties(FileSettings.class)
public class Sights {
    /** Of one's own case, and for the rooms. */
    public static final Map<FieldClass, Shown> EVERYTHING =
            Arrays.stream(FieldClass.values()).collect(Collectors.toMap(c -> c, c -> Shown.OPEN));

    private final FileSettings settings;
    private final Packages packages;
    private final Completeness completeness;

    Sights(FileSettings settings, Packages packages, Completeness completeness) {
        this.settings = settings;
        this.packages = packages;
        this.completeness = completeness;
    }

    /** @param as the roles in which an officer reads the case */
    public Map<FieldClass, Shown> of(Set<Role> as, Case file) {
        return of(as, file.stage().steps());
    }

    /** The same of cases of which only the package is known. */
    Map<FieldClass, Shown> of(Set<Role> as, Steps steps) {
        Map<FieldClass, Shown> shown = new EnumMap<>(FieldClass.class);
        if (as.contains(Role.AUDITOR)) add(shown, settings.auditors());
        return add(shown, as, steps);
    }

    private Map<FieldClass, Shown> add(Map<FieldClass, Shown> shown, Set<Role> as, Steps steps) {
        steps.all().stream()
                .filter(step -> step.role() != null && as.contains(step.role()))
                .forEach(step -> add(shown, settings.shown().getOrDefault(step.kind(), Map.of())));
        return shown;
    }

    private static void add(Map<FieldClass, Shown> shown, Map<FieldClass, Shown> more) {
        more.forEach((c, s) -> shown.merge(c, s, (one, other) -> one.compareTo(other) < 0 ? one : other));
    }

    public ObjectNode answers(Case file, Map<FieldClass, Shown> shown) {
        ObjectNode answers = file.answers().deepCopy();
        classes(file).forEach((key, c) -> {
            if (!answers.has(key)) return;
            switch (shown.getOrDefault(c, Shown.CLOSED)) {
                case OPEN -> {}
                case MASKED ->
                    answers.put(key, Persons.maskNumber(answers.path(key).asText()));
                case CLOSED -> answers.remove(key);
            }
        });
        return answers;
    }

    /** Facts may be fields of the form at the same time. */
    public List<KnownFact> facts(Case file, List<KnownFact> facts, Map<FieldClass, Shown> shown) {
        Map<String, FieldClass> classes = classes(file);
        return facts.stream()
                .map(f -> Optional.ofNullable(classes.get(f.name()))
                        .map(c -> fact(f, shown.getOrDefault(c, Shown.CLOSED)))
                        .orElse(f))
                .toList();
    }

    private static KnownFact fact(KnownFact f, Shown shown) {
        return shown == Shown.OPEN
                ? f
                : new KnownFact(
                        f.name(), masked(f.value(), shown), f.source(), f.asOf(), masked(f.applicant(), shown), null);
    }

    private static @Nullable Object masked(@Nullable Object value, Shown shown) {
        return value == null || shown == Shown.CLOSED ? null : Persons.maskNumber(value.toString());
    }

    /** Those of this class that were answered, by key. */
    public Map<String, String> values(Case file, FieldClass wanted) {
        Map<String, String> values = new HashMap<>();
        classes(file).forEach((key, c) -> {
            if (c == wanted && file.answers().has(key)) values.put(key, file.answer(key));
        });
        return values;
    }

    private Map<String, FieldClass> classes(Case file) {
        Map<String, FieldClass> classes = new HashMap<>();
        settings.fields().forEach((c, keys) -> keys.forEach(key -> classes.put(key, c)));
        completeness
                .form(packages.byHash(file.packageHash()))
                .fields()
                .forEach(f -> Optional.ofNullable(f.properties().get("fieldClass"))
                        .flatMap(FieldClass::find)
                        .ifPresent(c -> classes.put(f.key(), c)));
        return classes;
    }
}
