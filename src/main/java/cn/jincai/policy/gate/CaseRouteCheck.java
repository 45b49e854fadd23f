package cn.jincai.policy.gate;

import cn.jincai.kernel.Role;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.SafeXml;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.Steps;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * The way of a case as its diagrams draw it: every step leads on, nobody is kept from withdrawing, there is a decision, a public notice is long enough, and what
 * the scheme asks for has its step.
 */
public final class CaseRouteCheck {
    private static final String WITHDRAWN = "withdrawn";
    /** Full working days of a public notice (rulebook 7, the table of stages). */
    private static final int SHORTEST_NOTICE = 5;

    /** Working days for which the applicant is waited for (rulebook 7, the table of stages). */
    private static final Map<Kind, Integer> SHORTEST_WAIT = Map.of(Kind.ASKS_APPLICANT, 15, Kind.HEARING, 5);

    private static final String LAPSE = "${limits.lapse(" + SHORTEST_NOTICE + ")}";

    private final String caseDiagram;
    private final Steps steps;
    private final Findings findings;
    /** Executable processes by id. */
    private final Map<String, Process> processes = new LinkedHashMap<>();

    private final Set<String> withdrawals = new HashSet<>();

    private record Process(String path, Element element) {}

    private CaseRouteCheck(PolicyPackage candidate, Findings findings) {
        this.caseDiagram = candidate.caseDiagram();
        this.steps = candidate.steps();
        this.findings = findings;
        candidate.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn"))
                SafeXml.root(path, content, new Findings())
                        .ifPresent(root -> read(path, root)); // DiagramCheck tells what can't be read
        });
    }

    public static void check(PolicyPackage candidate, Findings findings) {
        CaseRouteCheck check = new CaseRouteCheck(candidate, findings);
        check.processes.values().forEach(process -> check.process(process.path, process.element));
        if (check.caseWay().isEmpty()) return; // a missing file is told elsewhere
        if (!check.has(Kind.SIGNS))
            findings.add(
                    check.caseDiagram,
                    "",
                    "policy.route.NO_DECISION",
                    check.steps.first(Kind.SIGNS).key());
        if (!check.canBeWithdrawn()) findings.add(check.caseDiagram, "", "policy.route.NO_WITHDRAWAL", WITHDRAWN);
    }

    /** What scheme.yaml asks for and the diagrams have to hold. */
    public static void check(PolicyPackage candidate, YamlEntry scheme) {
        CaseRouteCheck check = new CaseRouteCheck(candidate, new Findings());
        Scheme asked = candidate.catalogue();
        if (check.tasks().isEmpty()) return;
        if (!asked.panelLevels().isEmpty()) check.must(has -> has.is(Kind.PANEL), scheme.get("panelLevels"));
        if (asked.employerCheck()) check.must(has -> has.is(Kind.ASKS_EMPLOYER), scheme.get("employerCheck"));
        if (asked.leaderAboveFen() != null)
            check.must(has -> has.is(Kind.REVIEWS) && has.role() == Role.LEADER, scheme.get("leaderAboveFen"));
    }

    private void must(Predicate<Step> have, YamlEntry asked) {
        String step =
                steps.all().stream().filter(have).findFirst().map(Step::key).orElse("");
        if (tasks().stream().noneMatch(have)) asked.wrong("policy.route.STEP_MISSING", step);
    }

    private void read(String path, Element root) {
        for (Element child : SafeXml.children(root)) {
            if (Bpmn.is(child, "process")) processes.putIfAbsent(child.getAttribute("id"), new Process(path, child));
            if (Bpmn.is(child, "message") && child.getAttribute("name").equals(WITHDRAWN))
                withdrawals.add(path + " " + child.getAttribute("id"));
        }
    }

    /** The processes that a case itself goes through: called from its diagram, but not for a single payment. */
    private Collection<Process> caseWay() {
        Map<String, Process> way = new TreeMap<>();
        processes.forEach((id, process) -> {
            if (process.path.equals(caseDiagram)) way.put(id, process);
        });
        Deque<Process> open = new ArrayDeque<>(way.values());
        while (!open.isEmpty())
            for (Element call : all(open.remove(), "callActivity")) {
                String called = call.getAttribute("calledElement");
                Process process = processes.get(called);
                if (process != null && !isForPayment(call) && way.putIfAbsent(called, process) == null)
                    open.add(process);
            }
        return way.values();
    }

    private static boolean isForPayment(Element call) {
        return SafeXml.all(call).stream()
                .anyMatch(e -> e.getLocalName().equals("in")
                        && e.getAttribute("target").equals("paymentId"));
    }

    private Stream<Element> onTheWay(String... kinds) {
        return caseWay().stream().flatMap(process -> Stream.of(kinds).flatMap(kind -> all(process, kind).stream()));
    }

    private List<Step> tasks() {
        return onTheWay("userTask")
                .flatMap(task -> steps.find(task.getAttribute("id")).stream())
                .toList();
    }

    private boolean has(Kind kind) {
        return tasks().stream().anyMatch(step -> step.is(kind));
    }

    private boolean canBeWithdrawn() {
        return caseWay().stream()
                .anyMatch(process -> Stream.of("startEvent", "boundaryEvent")
                        .flatMap(kind -> all(process, kind).stream())
                        .filter(event -> !event.getAttribute("isInterrupting").equals("false")
                                && !event.getAttribute("cancelActivity").equals("false"))
                        .flatMap(event -> SafeXml.children(event).stream())
                        .anyMatch(e -> Bpmn.is(e, "messageEventDefinition")
                                && withdrawals.contains(process.path + " " + e.getAttribute("messageRef"))));
    }

    private static List<Element> all(Process process, String kind) {
        return SafeXml.all(process.element).stream()
                .filter(e -> Bpmn.is(e, kind))
                .toList();
    }

    private void process(String path, Element process) {
        for (Element scope : SafeXml.all(process))
            if (Bpmn.is(scope, "process") || Bpmn.is(scope, "subProcess")) leadsOn(path, scope);
        notice(path, process);
        waits(path, process);
    }

    /** Who is waited for has at least the days that the law gives him (rulebook 7): who has to supplement, and who is heard. */
    private void waits(String path, Element process) {
        for (Element e : SafeXml.all(process)) {
            if (!Bpmn.is(e, "boundaryEvent")) continue;
            Step step = steps.find(e.getAttribute("attachedToRef")).orElse(null);
            Integer least = step == null ? null : SHORTEST_WAIT.get(step.kind());
            if (least == null) continue;
            for (Element timer : SafeXml.all(e)) {
                if (!Bpmn.is(timer, "timerEventDefinition")) continue;
                List<OwnCaseCheck.Call> limits = SafeXml.children(timer).stream()
                        .flatMap(time -> calls(time).stream())
                        .toList();
                if (limits.isEmpty()
                        || !limits.stream()
                                .allMatch(limit -> limit.arguments().size() == 1
                                        && isAtLeast(limit.arguments().get(0), least)))
                    Bpmn.wrong(
                            findings, path, e, "policy.route.LIMIT_TOO_SHORT", least, "${limits.lapse(" + least + ")}");
            }
        }
    }

    /** Where nothing leads on the engine ends the case without a word. */
    private void leadsOn(String path, Element scope) {
        List<Element> children = SafeXml.children(scope);
        Set<String> left = children.stream()
                .filter(e -> Bpmn.is(e, "sequenceFlow"))
                .map(flow -> flow.getAttribute("sourceRef"))
                .collect(Collectors.toSet());
        for (Element node : children) {
            boolean stands = node.getAttribute("triggeredByEvent").equals("true")
                    || node.getAttribute("isForCompensation").equals("true");
            if (!Bpmn.NAMESPACE.equals(node.getNamespaceURI()) || !Bpmn.isShown(node) || Bpmn.is(node, "sequenceFlow"))
                continue;
            if (!ends(node) && !stands && !left.contains(node.getAttribute("id")))
                Bpmn.wrong(findings, path, node, "policy.route.DEAD_END");
        }
    }

    private static boolean ends(Element node) {
        return Bpmn.is(node, "endEvent")
                || SafeXml.children(node).stream()
                        .anyMatch(e -> Bpmn.is(e, "linkEventDefinition") || Bpmn.is(e, "compensateEventDefinition"));
    }

    /** Who publishes waits for as long as the law asks, and says so in a number that can be read here. */
    private void notice(String path, Element process) {
        boolean published = false, waited = false;
        List<String> notices = steps.keys(Kind.NOTICE);
        for (Element e : SafeXml.all(process)) {
            for (OwnCaseCheck.Call call : calls(e)) {
                if (!call.bean().equals("notices") || !call.method().equals("publish")) continue;
                published = true;
                if (call.arguments().size() > 1
                        && !isLongEnough(call.arguments().get(1))) tooShort(path, e);
            }
            if (!Bpmn.is(e, "intermediateCatchEvent")) continue;
            List<OwnCaseCheck.Call> limits = SafeXml.all(e).stream()
                    .filter(timer -> Bpmn.is(timer, "timeDate"))
                    .flatMap(timer -> calls(timer).stream())
                    .toList();
            boolean isLong = !limits.isEmpty()
                    && limits.stream()
                            .allMatch(limit -> limit.arguments().size() == 1
                                    && isLongEnough(limit.arguments().get(0)));
            if (isLong) waited = true;
            else if (notices.contains(e.getAttribute("id"))) tooShort(path, e);
        }
        if (published && !waited)
            findings.add(
                    path, process.getAttribute("id"), "policy.route.unwaited.NOTICE_TOO_SHORT", notices.get(0), LAPSE);
    }

    private static List<OwnCaseCheck.Call> calls(Element e) {
        return Stream.concat(
                        Stream.of(SafeXml.text(e)), Bpmn.attributes(e).stream().map(a -> a.getValue()))
                .flatMap(text -> OwnCaseCheck.Call.in(text).stream())
                .toList();
    }

    private static boolean isLongEnough(Object days) {
        return isAtLeast(days, SHORTEST_NOTICE);
    }

    private static boolean isAtLeast(Object days, int least) {
        return days.toString().matches("\\d{1,4}") && Integer.parseInt(days.toString()) >= least;
    }

    private void tooShort(String path, Element e) {
        Bpmn.wrong(findings, path, e, "policy.route.NOTICE_TOO_SHORT", SHORTEST_NOTICE, LAPSE);
    }
}
