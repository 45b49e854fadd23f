package cn.jincai.policy.gate;

import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.gate.Drawn.Node;
import cn.jincai.policy.gate.Drawn.Way;
import cn.jincai.policy.gate.Position.Instance;
import cn.jincai.policy.gate.Position.Token;
import cn.jincai.policy.revision.RevisionKind;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Walks a package's diagrams as the engine would, from each position on by every outcome of every task, every message and every time that passes, and by both answers
 * to each question that only a real case can answer. So it finds the position from which nobody comes to the end, what is passed by, and what is never come to, each
 * with the shortest way there.
 */
final class CaseWalk {
    /** Today's schemes have three to four thousand; beyond this a diagram is no way that people can follow. */
    private static final int MOST = 20_000;

    /** Positions that are still looked at once something was found, and as many as before it: what lies beyond is mostly of the same fault. */
    private static final int A_FEW_MORE = 200;

    private final PolicyPackage candidate;
    final DiagramVocabulary words;
    private final Findings findings;
    final Drawn drawn;
    final Duties duties;
    /** By form, what it lets an officer choose of. */
    final Map<String, List<String>> outcomes;

    final Expressions expressions = new Expressions();
    final AwaitedMessages awaited = new AwaitedMessages(this);
    /** Elements that some way comes to, sequence flows among them. */
    final Set<Object> cameTo = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What was told already: once for each place, by its shortest way. */
    private final Set<String> told = new HashSet<>();

    private boolean whole = true;

    /** Far more than a city has packages. */
    private static final int REMEMBERED = 500;
    /**
     * Hashes of what was walked without a finding, and of nothing else that a package holds; what was walked longest ago forgotten first. A walk takes a good part of a
     * second, schemes share their diagrams, and a package is looked at several times before it is in force.
     */
    private static final Set<String> WALKED =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    /** @param candidate whose diagrams, forms and steps have no finding of their own */
    static void check(PolicyPackage candidate, DiagramVocabulary words, Findings findings) {
        SortedMap<String, byte[]> asked = new TreeMap<>(candidate.files());
        asked.keySet().removeIf(path -> !path.matches(".*\\.bpmn|(common/)?steps\\.yaml"));
        String rest = Duties.asked(candidate.catalogue()) + outcomes(candidate);
        asked.put("", rest.getBytes(StandardCharsets.UTF_8));
        String hash = PolicyPackage.hash(asked);
        if (WALKED.contains(hash)) return;
        Findings found = new Findings();
        new CaseWalk(candidate, words, found).check();
        if (found.isEmpty() && found.warnings().isEmpty()) WALKED.add(hash);
        findings.addAllOf(found);
    }

    private CaseWalk(PolicyPackage candidate, DiagramVocabulary words, Findings findings) {
        this.candidate = candidate;
        this.words = words;
        this.findings = findings;
        drawn = new Drawn(candidate);
        duties = new Duties(candidate.catalogue(), candidate.steps());
        outcomes = outcomes(candidate);
    }

    private static Map<String, List<String>> outcomes(PolicyPackage candidate) {
        Map<String, List<String>> outcomes = new TreeMap<>();
        for (Form form : candidate.forms().values())
            form.field("outcome")
                    .ifPresent(field -> outcomes.putIfAbsent(
                            form.id(),
                            field.values().stream().map(Form.Option::code).toList()));
        return outcomes;
    }

    private void check() {
        walk(candidate.caseDiagram(), "caseNumber", Set.of());
        walk("run.bpmn", "run", Set.of(Duties.RUN));
        for (RevisionKind kind : RevisionKind.values()) walk(kind.diagram(), "caseNumber", RevisionDuties.owed(kind));
        if (whole && told.isEmpty()) neverCameTo();
    }

    private void walk(String file, String number, Set<String> marks) {
        List<Node> processes = drawn.in(file);
        if (processes.isEmpty()) return;
        if (processes.size() > 1) {
            findings.add(file, processes.get(1).id, "policy.walk.ONE_PROCESS");
            return;
        }
        Position begin = new Position(new Instance(processes.get(0), true, null), new TreeSet<>(marks));
        begin.root.variables.put(number, number);
        Arrivals arrivals = new Arrivals();
        Arrival nothing = new Arrival(null, "", begin);
        new EngineStep(this, nothing, arrivals).all("", EngineStep::begin);
        int most = MOST;
        while (arrivals.areOpen() && arrivals.count() < most) {
            Arrival at = arrivals.next();
            if (at.position.over) continue;
            new OutsideEvents(this, at.position, new EngineStep(this, at, arrivals)).all();
            if (!told.isEmpty() && most == MOST) most = Math.min(MOST, 2 * arrivals.count() + A_FEW_MORE);
        }
        if (!told.isEmpty()) return; // what broke on the way explains what is stuck
        if (arrivals.areOpen()) {
            whole = false;
            findings.warn(file, processes.get(0).id, "policy.walk.TOO_LARGE", MOST);
        } else arrivals.stuck().ifPresent(this::stuck);
    }

    private void stuck(Arrival one) {
        List<Token> tokens = one.position.tokens();
        wrong(tokens.get(tokens.size() - 1).at, one::way, "policy.walk.STUCK");
    }

    /** What stands in a process that is used, and behind something that is come to. Which step a part begins at may be another scheme's. */
    private void neverCameTo() {
        for (Node process : drawn.processes()) if (cameTo.contains(process)) neverCameTo(process);
    }

    private void neverCameTo(Node scope) {
        for (Node node : scope.inside) {
            if (!cameTo.contains(node)) {
                if (node.incoming == 0 && !node.is("boundaryEvent") || node.is("boundaryEvent") && isStood(scope, node))
                    Bpmn.wrong(findings, node.file, node.element, "policy.walk.NEVER_REACHED");
                continue;
            }
            for (Way way : node.ways)
                if (!cameTo.contains(way) && !duties.isAnothers(way.condition()))
                    Bpmn.wrong(findings, node.file, way.element(), "policy.walk.NEVER_REACHED");
            neverCameTo(node);
        }
    }

    private boolean isStood(Node scope, Node event) {
        return scope.inside.stream().anyMatch(host -> host.boundary.contains(event) && cameTo.contains(host));
    }

    void wrong(Node at, Supplier<String> way, String key, Object... values) {
        if (!told.add(at.file + at.id + key + List.of(values))) return;
        Object[] all = new Object[values.length + 1];
        all[0] = way.get();
        System.arraycopy(values, 0, all, 1, values.length);
        Bpmn.wrong(findings, at.file, at.element, key, all);
    }

    /** The step of a task, or of what waits under its name. */
    Optional<Step> stepOf(Node node) {
        return candidate.steps().find(node.id);
    }
}
