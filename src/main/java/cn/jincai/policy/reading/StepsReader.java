package cn.jincai.policy.reading;

import static cn.jincai.policy.Step.Kind;

import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Findings;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Outcome;
import cn.jincai.policy.Steps;
import cn.jincai.policy.YamlEntry;
import cn.jincai.policy.registers.RegistersReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a package: the product's, over them those of {@code common/steps.yaml} and over these the scheme's own. One of the same key is replaced whole; one that is
 * added stands behind the last of its kind.
 */
public final class StepsReader {
    public static final String OWN = "steps.yaml", COMMON = "common/steps.yaml";
    private static final String CODE = "(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*";
    /** Who decides at these has to be another than at the others (rulebook 7.5), whatever a scheme says. */
    private static final Set<Kind> DECIDING =
            EnumSet.of(Kind.REVIEWS, Kind.PANEL, Kind.OBJECTION, Kind.SIGNS, Kind.MAKES_PAYMENT, Kind.CHECKS_PAYMENT);

    private static final Map<Kind, Role> ROLES =
            Map.of(Kind.ASKS_EMPLOYER, Role.EMPLOYER, Kind.PANEL, Role.EXPERT, Kind.SIGNS, Role.LEADER);

    /** Beginning and end, and what a clerk finds in the portal, which asks for it by its key. */
    private static final Set<Kind> ONE_ONLY = EnumSet.of(Kind.DRAFT, Kind.ASKS_EMPLOYER, Kind.CLOSED);

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final SortedMap<String, Role> roles = new TreeMap<>();

    private StepsReader(Collection<Step> before, Collection<Role> roles) {
        before.forEach(this::add);
        roles.forEach(role -> this.roles.put(role.code(), role));
    }

    /** @param file of steps that stand behind those of every package */
    public static Steps products(byte[] file, Findings findings) {
        return new StepsReader(List.of(), List.of(Role.values())).read(COMMON, file, findings);
    }

    static Steps of(SortedMap<String, byte[]> files, Findings findings) {
        Steps steps = Steps.shared();
        Set<Role> roles = new TreeSet<>(steps.roles());
        RegistersReader.ofPackage(files, new Findings()).roles().stream()
                .filter(role -> !role.isOwn())
                .forEach(roles::add);
        for (String file : List.of(COMMON, OWN))
            if (files.containsKey(file))
                steps = new StepsReader(steps.all(), roles).read(file, files.get(file), findings);
        return steps;
    }

    private Steps read(String file, byte[] content, Findings findings) {
        YamlEntry.read(file, content, findings).map().forEach((key, e) -> {
            if (e.isMap()) add(step(key, e));
            else e.map(); // tells that this has to be keys with values
        });
        return new Steps(steps);
    }

    private void add(Step step) {
        if (steps.containsKey(step.key())) {
            steps.put(step.key(), step);
            return;
        }
        List<Step> order = new ArrayList<>(steps.values());
        int last = order.size();
        while (last > 0 && order.get(last - 1).kind() != step.kind()) last--;
        order.add(last == 0 ? order.size() : last, step);
        steps.clear();
        order.forEach(one -> steps.put(one.key(), one));
    }

    private Step step(String key, YamlEntry e) {
        e.knows("kind", "role", "name", "status", "outcomes", "decides", "clockStops");
        String code = e.get("kind").known(Kind.codes(), "policy.yaml.name.kindOfStep");
        Step before = steps.get(key);
        Kind kind = Kind.find(code).orElse(before == null ? Kind.GIVES_OPINION : before.kind());
        if (!key.matches(CODE)) wrong(e, "KEY", key);
        if (before != null && before.kind() != kind)
            wrong(e.get("kind"), "KIND_KEPT", key, before.kind().code(), code);
        if (ONE_ONLY.contains(kind))
            steps.values().stream()
                    .filter(one -> one.kind() == kind && !one.key().equals(key))
                    .findFirst()
                    .ifPresent(one -> wrong(e.get("kind"), "ONE_OF_A_KIND", code, one.key()));
        Text name = e.get("name").bilingual();
        Step step = new Step(
                key,
                kind,
                role(kind, e.get("role")),
                name,
                e.has("status") ? e.get("status").bilingual() : name,
                outcomes(kind, e.get("outcomes")),
                e.get("decides").flag(false),
                e.get("clockStops").flag(false));
        if (DECIDING.contains(kind) && !step.decides()) wrong(e, "MUST_DECIDE", code);
        if (step.decides() && step.outcomes().values().stream().noneMatch(Outcome::refuses))
            wrong(e.get("outcomes"), "NO_REFUSAL");
        return step;
    }

    private @Nullable Role role(Kind kind, YamlEntry e) {
        if (e.isMissing() && !kind.isTask()) return null;
        @Nullable Role role = roles.get(e.known(roles.keySet(), "policy.yaml.name.roleOfSteps"));
        if (role == null) return null; // told
        Role only = ROLES.get(kind);
        if (only != null && role != only) wrong(e, "ROLE_OF_KIND", kind.code(), only.code());
        if (role == Role.EMPLOYER && kind != Kind.ASKS_EMPLOYER) wrong(e, "NO_OFFICER", role.code());
        return role;
    }

    private static Map<String, Outcome> outcomes(Kind kind, YamlEntry e) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        if (kind.isTask() && e.isMissing()) wrong(e, "NO_OUTCOME");
        if (!kind.isTask() && !e.isMissing()) wrong(e, "NO_TASK", kind.code());
        e.map().forEach((code, one) -> {
            if (!code.matches(CODE)) wrong(one, "OUTCOME_CODE", code);
            else if (kind.isTask() && !kind.takes(code))
                wrong(one, "OUTCOME_OF_KIND", kind.code(), code, String.join(", ", new TreeSet<>(kind.outcomes())));
            one.knows("zh", "en", "refuses");
            Text words = new Text(one.get("zh").text(), one.get("en").text());
            outcomes.put(code, new Outcome(words, one.get("refuses").flag(false)));
        });
        return Collections.unmodifiableMap(outcomes);
    }

    private static void wrong(YamlEntry at, String code, Object... values) {
        at.wrong("policy.steps." + code, values);
    }
}
