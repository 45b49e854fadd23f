package cn.jincai.policy.gate;

import cn.jincai.kernel.Text;
import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Findings;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.gate.Drawn.Handed;
import cn.jincai.policy.gate.Drawn.Node;
import cn.jincai.policy.gate.Drawn.Way;
import cn.jincai.policy.gate.Position.Instance;
import cn.jincai.policy.gate.Position.Scope;
import cn.jincai.policy.gate.Position.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Walks a package's diagrams as the engine would, from each position on by every outcome of every task, every message and every time that passes, and by both answers
 * to each question that only a real case can answer. So it finds the position from which nobody comes to the end, what is passed by, and what is never come to, each
 * with the shortest way there.
 */
final class CaseWalk {
    /** Today's schemes have some hundred; beyond this a diagram is no way that people can follow. */
    private static final int MOST = 20_000;

    /** Positions that are still looked at once something was found, and as many as before it: what lies beyond is mostly of the same fault. */
    private static final int A_FEW_MORE = 200;

    private static final int LONGEST_WAY_TOLD = 24;
    /** More elements than any diagram has between two waits. */
    private static final int LONGEST_STEP = 2_000;

    private final PolicyPackage candidate;
    private final DiagramVocabulary words;
    private final Findings findings;
    private final Drawn drawn;
    private final Duties duties;
    private final Map<String, Form> forms;
    /** Elements that some way comes to, sequence flows among them. */
    private final Set<Object> cameTo = new HashSet<>();
    /** What was told already: once for each place, by its shortest way. */
    private final Set<String> told = new HashSet<>();

    private boolean whole = true;

    /** Hashes of what was walked without a finding: schemes share their diagrams, and a package is looked at several times before it is in force. */
    private static final Set<String> WALKED = ConcurrentHashMap.newKeySet();

    /** @param candidate whose diagrams, forms and steps have no finding of their own */
    static void check(PolicyPackage candidate, DiagramVocabulary words, Findings findings) {
        SortedMap<String, byte[]> asked = new TreeMap<>(candidate.files());
        asked.keySet().removeIf(path -> !path.matches(".*\\.(bpmn|form)|(common/)?steps\\.yaml"));
        String duties = Duties.asked(candidate.catalogue());
        asked.put("", duties.getBytes(StandardCharsets.UTF_8));
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
        forms = candidate.forms().values().stream()
                .collect(Collectors.toMap(Form::id, form -> form, (a, b) -> a, TreeMap::new));
    }

    private void check() {
        walk(candidate.caseDiagram(), "caseNumber", Set.of());
        walk("run.bpmn", "run", Set.of(Duties.RUN));
        if (whole && told.isEmpty()) neverCameTo();
    }

    private static final class Seen {
        final @Nullable Seen before;
        final String step;
        final int length;
        final Position position;
        final List<Seen> from = new ArrayList<>();
        boolean leadsToTheEnd;

        Seen(@Nullable Seen before, String step, Position position) {
            this.before = before;
            this.step = step;
            this.position = position;
            length = before == null ? 0 : before.length + 1;
        }

        String way() {
            List<String> steps = new ArrayList<>();
            for (Seen at = this; at.before != null; at = at.before) steps.add(0, at.step);
            int cut = steps.size() - LONGEST_WAY_TOLD;
            if (cut > 0) steps = new ArrayList<>(steps.subList(cut, steps.size()));
            return (cut > 0 ? "… → " : "") + String.join(" → ", steps);
        }
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
        Map<String, Seen> seen = new LinkedHashMap<>();
        Deque<Seen> open = new ArrayDeque<>();
        Seen nothing = new Seen(null, "", begin);
        Stepper start = new Stepper(nothing, seen, open);
        start.all("", stepper -> stepper.begin(stepper.position.root));
        int most = MOST;
        while (!open.isEmpty() && seen.size() < most) {
            Seen at = open.remove();
            if (at.position.over) continue;
            Stepper from = new Stepper(at, seen, open);
            from.events();
            if (!told.isEmpty() && most == MOST) most = Math.min(MOST, 2 * seen.size() + A_FEW_MORE);
        }
        if (!open.isEmpty() && told.isEmpty()) {
            whole = false;
            findings.warn(file, processes.get(0).id, "policy.walk.TOO_LARGE", MOST);
        } else stuck(seen.values());
    }

    /** Backwards from every end; of what is left over the nearest is told. */
    private void stuck(Iterable<Seen> all) {
        Deque<Seen> back = new ArrayDeque<>();
        for (Seen one : all)
            if (one.position.over) {
                one.leadsToTheEnd = true;
                back.add(one);
            }
        while (!back.isEmpty())
            for (Seen before : back.remove().from)
                if (!before.leadsToTheEnd) {
                    before.leadsToTheEnd = true;
                    back.add(before);
                }
        if (!told.isEmpty()) return; // what broke on the way explains it
        for (Seen one : all)
            if (!one.leadsToTheEnd) {
                Token at = one.position.tokens().get(one.position.tokens().size() - 1);
                wrong(at.at, one::way, "policy.walk.STUCK");
                return;
            }
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

    private void wrong(Node at, Supplier<String> way, String key, Object... values) {
        if (!told.add(at.file + at.id + key + List.of(values))) return;
        Object[] all = new Object[values.length + 1];
        all[0] = way.get();
        System.arraycopy(values, 0, all, 1, values.length);
        Bpmn.wrong(findings, at.file, at.element, key, all);
    }

    private interface Event {
        void happens(Stepper stepper);
    }

    /** The engine's call would fail: nothing has happened. */
    private static final class Fails extends RuntimeException {
        Fails() {
            super(null, null, false, false);
        }
    }

    /** One step from one position, in every way in which it may go. */
    private final class Stepper {
        private final Seen from;
        private final Map<String, Seen> seen;
        private final Deque<Seen> open;
        private Position position;
        private Guesses guesses = new Guesses(words);
        private String event = "";
        private int steps;

        Stepper(Seen from, Map<String, Seen> seen, Deque<Seen> open) {
            this.from = from;
            this.seen = seen;
            this.open = open;
            position = from.position;
        }

        /** Every answer to every question that is asked on the way. */
        void all(String name, Event event) {
            guesses = new Guesses(words);
            do {
                position = from.position.copy();
                this.event = name;
                try {
                    event.happens(this);
                    settle();
                    arrived();
                } catch (Fails told) {
                    // the position before stays
                }
            } while (guesses.next());
        }

        private void arrived() {
            String key = position.key();
            Seen there = seen.get(key);
            if (there == null) {
                there = new Seen(from, happening(), position);
                seen.put(key, there);
                open.add(there);
            }
            there.from.add(from);
        }

        private String happening() {
            String answers = String.join(", ", guesses.said());
            return answers.isEmpty() ? event : event.isEmpty() ? answers : event + " (" + answers + ")";
        }

        private String way() {
            String before = from.way(), now = happening();
            return before.isEmpty() ? now : now.isEmpty() ? before : before + " → " + now;
        }

        private void missing(Node at, String what) {
            wrong(at, this::way, "policy.walk.PASSED_BY", Text.of("policy.walk.missing." + what));
        }

        private Fails fails(Node at, String key, Object... values) {
            wrong(at, this::way, key, values);
            return new Fails();
        }

        // what happens from outside

        void events() {
            List<Token> tokens = from.position.tokens();
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                waits(i, token);
                for (Node event : token.at.boundary) boundary(i, event);
                if (token.inside != null) eventSubProcesses(i, true, token.inside);
                if (token.called != null) eventSubProcesses(i, false, token.called.scope);
            }
            eventSubProcesses(-1, false, from.position.root.scope);
        }

        private void waits(int i, Token token) {
            Node at = token.at;
            if (at.is("userTask"))
                for (String outcome : outcomes(token))
                    all(
                            at.id + ": " + outcome,
                            s -> s.completed(s.position.tokens().get(i), outcome));
            else if (at.is("receiveTask", "intermediateCatchEvent")) happens(i, token, at);
            else if (at.is("eventBasedGateway")) for (Way way : at.ways) happens(i, token, way.to());
        }

        private void happens(int i, Token token, Node event) {
            if (canHappen(event, token.scope, token))
                all(event.id, s -> s.happened(s.position.tokens().get(i), event));
        }

        /** What its form offers, and what the room may make of it (rulebook 7.10, 7.11). */
        private List<String> outcomes(Token token) {
            List<String> outcomes = new ArrayList<>();
            Form form = forms.get(token.at.formRef);
            if (form != null)
                form.field("outcome").ifPresent(f -> f.values().forEach(option -> outcomes.add(option.code())));
            stepOf(token.at).ifPresent(step -> {
                if (step.is(Kind.SIGNS) && !isOfPayment(token)) outcomes.add("changed");
                if (step.is(Kind.CHECKS_PAYMENT)) outcomes.add("parked");
            });
            return outcomes;
        }

        private boolean canHappen(Node event, Scope scope, @Nullable Token token) {
            if (event.message.isEmpty()) return event.timer;
            if (List.of("withdrawn", "handed-in", "place-free").contains(event.message)
                    && !Duties.mayCome(from.position.marks, false).contains(event.message)) return false;
            return finds(event, scope, token);
        }

        /** Whether a message that is sent finds who waits for it, by the number of the case or by the payment. */
        private boolean finds(Node event, Scope scope, @Nullable Token token) {
            DiagramVocabulary.Message sent = words.messages().get(event.message);
            if (sent == null) return false;
            if (!sent.byPayment()) return scope.instance.numbered;
            return scope.instance.variables.containsKey("paymentId")
                    || token != null && token.own.containsKey("paymentId");
        }

        private void boundary(int i, Node event) {
            Token host = from.position.tokens().get(i);
            if (!canHappen(event, host.scope, host) || !event.interrupts && host.scope.tokens.size() > 6) return;
            all(event.id, s -> {
                Token at = s.position.tokens().get(i);
                s.sent(event, at.scope);
                if (event.interrupts) {
                    s.waited(at.at);
                    s.ends(at);
                    at.scope.tokens.remove(at);
                }
                s.leave(s.put(at.scope, event));
            });
        }

        private void eventSubProcesses(int i, boolean inside, Scope scope) {
            for (Node sub : scope.around.eventSubProcesses) {
                Node start = sub.start;
                if (start == null || !canHappen(start, scope, null)) continue;
                if (scope.tokens.stream().anyMatch(token -> token.at == sub))
                    continue; // one at a time tells as much as many
                all(start.id, s -> {
                    Scope here = i < 0
                            ? s.position.root.scope
                            : within(s.position.tokens().get(i), inside);
                    s.sent(start, here);
                    if (start.interrupts) here.tokens.clear();
                    s.goesInto(s.put(here, sub), start);
                });
            }
        }

        private static Scope within(Token owner, boolean inside) {
            return inside ? Objects.requireNonNull(owner.inside) : Objects.requireNonNull(owner.called).scope;
        }

        private Token put(Scope scope, Node node) {
            cameTo.add(node);
            Token token = new Token(scope, node);
            scope.tokens.add(token);
            return token;
        }

        private void goesInto(Token token, Node start) {
            Scope inside = new Scope(token.at, token.scope.instance, token);
            token.inside = inside;
            leave(put(inside, start));
        }

        /** With what a message brings along. */
        private void sent(Node event, Scope scope) {
            if (event.message.isEmpty()) return;
            String outcome = Objects.requireNonNull(words.messages().get(event.message), event.message)
                    .outcome();
            if (!outcome.isEmpty()) scope.instance.variables.put("outcome", outcome);
            if (event.message.equals("objection-raised")) scope.instance.variables.put("objectionId", 1L);
            duties.comes(event.message, position.marks);
        }

        private void happened(Token token, Node event) {
            sent(event, token.scope);
            waited(event);
            if (token.at == event) {
                leave(token);
                return;
            }
            token.scope.tokens.remove(token);
            leave(put(token.scope, event));
        }

        private void waited(Node at) {
            stepOf(at).ifPresent(step -> duties.waited(step.kind(), position.marks));
        }

        private void completed(Token token, String outcome) {
            if (token.at.severally) token.own.put("outcome", outcome);
            else token.set("outcome", outcome);
            stepOf(token.at).ifPresent(step -> duties.done(step, outcome, isOfPayment(token), position.marks));
            leave(token);
        }

        // what the engine does by itself

        void begin(Instance instance) {
            cameTo.add(instance.process);
            leave(put(instance.scope, start(instance.process)));
        }

        private Node start(Node scope) {
            if (scope.start == null) throw fails(scope, "policy.walk.NO_START");
            return scope.start;
        }

        private void enter(Scope scope, Way by) {
            Node node = by.to();
            if (++steps > LONGEST_STEP) throw fails(node, "policy.walk.NO_WAIT");
            Token token = put(scope, node);
            if (node.is("parallelGateway") && node.incoming > 1) {
                join(token, by);
                return;
            }
            if (node.severally && !isRepeated(token)) {
                leave(token);
                return;
            }
            for (Handed in : node.inputs) token.own.put(in.target(), Guesses.kept(value(token, in.value())));
            for (String listener : node.begins) value(token, listener);
            node.looksAt.forEach(text -> look(token, text));
            switch (node.kind) {
                case "userTask" ->
                    stepOf(node)
                            .ifPresent(step -> duties.comesTo(
                                    step, isOfPayment(token), position.marks, what -> missing(node, what)));
                case "receiveTask", "intermediateCatchEvent", "eventBasedGateway" -> {
                    if (node.message.equals("handed-in") && !Duties.isAsked(position.marks))
                        wrong(node, this::way, "policy.walk.NOTHING_ASKED");
                    if (node.message.equals("bank-paid"))
                        duties.comesToTheBank(position.marks, what -> missing(node, what));
                }
                case "callActivity" -> call(token);
                case "subProcess" -> goesInto(token, start(node));
                case "serviceTask" -> {
                    Object result = value(token, node.expression);
                    if (!node.result.isEmpty()) token.set(node.result, result);
                    leave(token);
                }
                case "endEvent" -> end(token);
                default -> leave(token);
            }
            for (Node event : node.boundary) event.looksAt.forEach(text -> look(token, text));
        }

        /** All but the last to come wait for it. */
        private void join(Token token, Way by) {
            token.own.put("came", by.id());
            List<Token> there = token.scope.tokens.stream()
                    .filter(other -> other.at == token.at)
                    .toList();
            if (there.stream().map(t -> t.own.get("came")).distinct().count() < token.at.incoming) return;
            there.forEach(token.scope.tokens::remove);
            leave(put(token.scope, token.at));
        }

        /** For one of a list, which tells as much as for many, or for none where the list is empty. */
        private boolean isRepeated(Token token) {
            Node node = token.at;
            if (node.collection.isEmpty()) return true; // a number of times
            Object of = value(token, node.collection.contains("{") ? node.collection : "${" + node.collection + "}");
            if (!(of instanceof List<?> list)) throw fails(node, "policy.walk.BREAKS", node.collection);
            if (list.isEmpty()) return false;
            if (!node.one.isEmpty()) token.own.put(node.one, list.get(0));
            return true;
        }

        private void call(Token token) {
            Node process = drawn.process(token.at.called);
            if (process == null) throw new Fails(); // told elsewhere
            if (token.own.containsKey("paymentId")) duties.begins(position.marks);
            Instance called = new Instance(process, token.scope.instance.numbered && token.at.numbered, token);
            token.called = called;
            for (Handed in : token.at.in) called.variables.put(in.target(), Guesses.kept(mapped(token, in)));
            for (String own : List.of("caseNumber", "run", "paymentId"))
                if (isThere(token.find(own)) && !isThere(called.variables.get(own)))
                    wrong(token.at, this::way, "policy.walk.NOT_HANDED_ON", own);
            begin(called);
        }

        private @Nullable Object mapped(Token token, Handed handed) {
            if (!handed.byName()) return value(token, handed.value());
            Object found = token.find(handed.value());
            return found == Guesses.NOTHING ? null : found;
        }

        private void end(Token token) {
            if (token.at.terminates) token.scope.tokens.clear();
            token.scope.tokens.remove(token);
            finished(token.scope);
        }

        /** Where no token is left the part is over, and what is around it goes on. */
        private void finished(Scope scope) {
            if (!scope.tokens.isEmpty()) return;
            Token caller = scope.instance.caller;
            if (scope.owner != null) leave(scope.owner);
            else if (caller == null) {
                position.over = true;
                duties.over(position.marks, what -> missing(scope.around, what));
            } else {
                Token last = new Token(scope, caller.at);
                for (Handed out : caller.at.out) caller.set(out.target(), mapped(last, out));
                caller.called = null;
                if (caller.own.containsKey("paymentId")) duties.ends(position.marks, what -> missing(caller.at, what));
                leave(caller);
            }
        }

        private void ends(Token token) {
            for (String listener : token.at.ends) value(token, listener);
        }

        private void leave(Token token) {
            ends(token);
            for (Handed out : token.at.outputs) {
                Object value = value(token, out.value());
                Token around = token.scope.owner;
                if (around == null) token.scope.instance.variables.put(out.target(), Guesses.kept(value));
                else around.set(out.target(), value);
            }
            List<Way> ways = taken(token);
            token.scope.tokens.remove(token);
            for (Way way : ways) {
                cameTo.add(way);
                enter(token.scope, way);
            }
            if (ways.isEmpty()) finished(token.scope);
        }

        private List<Way> taken(Token token) {
            Node node = token.at;
            if (node.ways.isEmpty() || node.is("parallelGateway")) return node.ways;
            boolean one = node.is("exclusiveGateway");
            List<Way> taken = new ArrayList<>();
            for (Way way : node.ways)
                if (!way.otherwise() && !(one && !taken.isEmpty()) && holds(token, way)) taken.add(way);
            if (taken.isEmpty()) node.ways.stream().filter(Way::otherwise).forEach(taken::add);
            if (taken.isEmpty()) throw fails(node, "policy.walk.NO_WAY");
            return taken;
        }

        private boolean holds(Token token, Way way) {
            if (way.condition().isEmpty()) return true;
            Object holds = value(token, way.condition());
            if (holds instanceof Boolean yes) return yes;
            throw fails(way.from(), "policy.walk.BREAKS", way.condition());
        }

        // expressions

        private @Nullable Object value(Token token, String expression) {
            try {
                return guesses.value(expression, token::find, (call, answer) -> {
                    if (!duties.isPossible(call, answer, position.marks)) throw new Fails();
                    duties.called(call, answer, position.marks, what -> missing(token.at, what));
                });
            } catch (Fails fails) {
                throw fails;
            } catch (RuntimeException broken) {
                throw fails(token.at, "policy.walk.BREAKS", Bpmn.cut(expression));
            }
        }

        /** Only whether it can be worked out; what it comes to changes no way. */
        private void look(Token token, String expression) {
            if (!guesses.canBeRead(expression, token::find))
                throw fails(token.at, "policy.walk.BREAKS", Bpmn.cut(expression));
        }

        // where it comes to rest

        /** What may come from outside now has to be waited for by exactly one. */
        private void settle() {
            steps = 0;
            merge(position.root.scope);
            List<Token> tokens = position.tokens();
            boolean bankIsAsked = tokens.stream()
                    .anyMatch(t -> t.at.is("userTask")
                            && stepOf(t.at)
                                    .filter(s -> s.is(Kind.WAITS_FOR_BANK))
                                    .isPresent());
            for (String message : Duties.mayCome(position.marks, bankIsAsked))
                if (waiting(message, tokens) != 1) {
                    Node at = tokens.isEmpty() ? position.root.process : tokens.get(tokens.size() - 1).at;
                    String key = message.equals("withdrawn") ? "policy.walk.NO_WITHDRAWAL" : "policy.walk.NOBODY_WAITS";
                    wrong(at, this::way, key, message);
                }
            position.marks.remove(Duties.RATABLE);
        }

        private long waiting(String message, List<Token> tokens) {
            long waiting = subProcesses(message, position.root.scope);
            for (Token token : tokens) {
                if (waitsFor(message, token.at, token.scope, token)) waiting++;
                for (Node event : token.at.boundary) if (waitsFor(message, event, token.scope, token)) waiting++;
                if (token.inside != null) waiting += subProcesses(message, token.inside);
                if (token.called != null) waiting += subProcesses(message, token.called.scope);
            }
            return waiting;
        }

        private long subProcesses(String message, Scope scope) {
            return scope.around.eventSubProcesses.stream()
                    .filter(sub -> sub.start != null && waitsFor(message, sub.start, scope, null))
                    .count();
        }

        private boolean waitsFor(String message, Node event, Scope scope, @Nullable Token token) {
            return event.message.equals(message)
                    && (event.interrupts || !message.equals("withdrawn"))
                    && finds(event, scope, token);
        }

        /** Several alike go on alike. */
        private void merge(Scope scope) {
            if (scope.tokens.size() > 1) {
                Set<String> once = new HashSet<>();
                scope.tokens.removeIf(token -> !once.add(token.key()));
            }
            for (Token token : scope.tokens) {
                if (token.inside != null) merge(token.inside);
                if (token.called != null) merge(token.called.scope);
            }
        }
    }

    private static boolean isOfPayment(Token token) {
        return isThere(token.find("paymentId"));
    }

    private static boolean isThere(@Nullable Object value) {
        return value != null && value != Guesses.NOTHING;
    }

    /** The step of a task, or of what waits under its name. */
    private Optional<Step> stepOf(Node node) {
        return candidate.steps().find(node.id);
    }
}
