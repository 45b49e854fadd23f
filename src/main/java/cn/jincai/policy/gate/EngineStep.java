package cn.jincai.policy.gate;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.gate.Drawn.Handed;
import cn.jincai.policy.gate.Drawn.Node;
import cn.jincai.policy.gate.Drawn.Way;
import cn.jincai.policy.gate.Position.Instance;
import cn.jincai.policy.gate.Position.Scope;
import cn.jincai.policy.gate.Position.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One step of a walk from one position, in every way in which it may go: what comes from outside, and what the engine does by itself until it waits again. */
final class EngineStep {
    /** More elements than any diagram has between two waits. */
    private static final int LONGEST = 2_000;

    private final CaseWalk walk;
    private final Duties duties;
    private final Arrival from;
    private final Arrivals arrivals;
    private Position position;
    private Guesses guesses;
    private String event = "";
    private int elements;

    EngineStep(CaseWalk walk, Arrival from, Arrivals arrivals) {
        this.walk = walk;
        this.from = from;
        this.arrivals = arrivals;
        duties = walk.duties;
        position = from.position;
        guesses = new Guesses(walk.words, walk.expressions);
    }

    /** The engine's call would fail: nothing has happened. */
    private static final class Fails extends RuntimeException {
        Fails() {
            super(null, null, false, false);
        }
    }

    /** Every answer to every question that is asked on the way. */
    void all(String name, Consumer<EngineStep> happens) {
        guesses = new Guesses(walk.words, walk.expressions);
        do {
            position = from.position.copy();
            event = name;
            elements = 0;
            try {
                happens.accept(this);
                position.merge();
                walk.awaited.check(position, this::way);
                position.marks.remove(Duties.RATABLE);
                arrivals.add(from, happening(), position);
            } catch (Fails told) {
                // the position before stays
            }
        } while (guesses.next());
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
        walk.wrong(at, this::way, "policy.walk.PASSED_BY", Text.of("policy.walk.missing." + what));
    }

    private Fails fails(Node at, String key, Object... values) {
        walk.wrong(at, this::way, key, values);
        return new Fails();
    }

    Token token(int i) {
        return position.tokens().get(i);
    }

    // what comes from outside

    void begin() {
        begin(position.root);
    }

    void completed(Token token, String outcome) {
        boolean panel = walk.stepOf(token.at).filter(s -> s.is(Step.Kind.PANEL)).isPresent();
        if (panel) token.own.put("outcome", "voted"); // how an expert voted no diagram is told
        else if (token.at.severally) token.own.put("outcome", outcome);
        else token.set("outcome", outcome);
        walk.stepOf(token.at).ifPresent(step -> duties.done(step, outcome, token.isOfPayment(), position.marks));
        leave(token);
    }

    void happened(Token token, Node event) {
        sent(event, token.scope);
        waited(event);
        if (token.at == event) {
            leave(token);
            return;
        }
        token.scope.tokens.remove(token);
        leave(put(token.scope, event));
    }

    void happenedAtTheEdge(Token host, Node event) {
        sent(event, host.scope);
        if (event.interrupts) {
            waited(host.at);
            ends(host);
            host.scope.tokens.remove(host);
        }
        leave(put(host.scope, event));
    }

    /** @param here null for the outermost process */
    void begins(@Nullable Scope here, Node eventSubProcess, Node start) {
        Scope scope = here == null ? position.root.scope : here;
        sent(start, scope);
        if (start.interrupts) scope.tokens.clear();
        goesInto(put(scope, eventSubProcess), start);
    }

    /** With what a message brings along. */
    private void sent(Node event, Scope scope) {
        if (event.message.isEmpty()) return;
        String outcome = Objects.requireNonNull(walk.words.messages().get(event.message), event.message)
                .outcome();
        if (!outcome.isEmpty()) scope.instance.variables.put("outcome", outcome);
        if (event.message.equals("objection-raised")) scope.instance.variables.put("objectionId", 1L);
        duties.comes(event.message, position.marks);
    }

    private void waited(Node at) {
        walk.stepOf(at).ifPresent(step -> duties.waited(step.kind(), position.marks));
    }

    // what the engine does by itself

    private Token put(Scope scope, Node node) {
        walk.cameTo.add(node);
        Token token = new Token(scope, node);
        scope.tokens.add(token);
        return token;
    }

    private void goesInto(Token token, Node start) {
        Scope inside = new Scope(token.at, token.scope.instance, token);
        token.inside = inside;
        leave(put(inside, start));
    }

    private void begin(Instance instance) {
        walk.cameTo.add(instance.process);
        leave(put(instance.scope, start(instance.process)));
    }

    private Node start(Node scope) {
        if (scope.start == null) throw fails(scope, "policy.walk.NO_START");
        return scope.start;
    }

    private void enter(Scope scope, Way by) {
        Node node = by.to();
        if (++elements > LONGEST) throw fails(node, "policy.walk.NO_WAIT");
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
                walk.stepOf(node)
                        .ifPresent(step ->
                                duties.comesTo(step, token.isOfPayment(), position.marks, what -> missing(node, what)));
            case "receiveTask", "intermediateCatchEvent", "eventBasedGateway" -> {
                if (node.message.equals("handed-in") && !Duties.isAsked(position.marks))
                    walk.wrong(node, this::way, "policy.walk.NOTHING_ASKED");
                if (node.message.equals("bank-paid"))
                    PaymentDuties.comesToTheBank(position.marks, what -> missing(node, what));
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
        Node process = walk.drawn.process(token.at.called);
        if (process == null) throw new Fails(); // told elsewhere
        if (token.own.containsKey("paymentId")) PaymentDuties.begins(position.marks);
        Instance called = new Instance(process, token.scope.instance.numbered && token.at.numbered, token);
        token.called = called;
        for (Handed in : token.at.in) called.variables.put(in.target(), Guesses.kept(mapped(token, in)));
        for (String own : List.of("caseNumber", "run", "paymentId"))
            if (Guesses.isThere(token.find(own)) && !Guesses.isThere(called.variables.get(own)))
                walk.wrong(token.at, this::way, "policy.walk.NOT_HANDED_ON", own);
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
            if (caller.own.containsKey("paymentId"))
                PaymentDuties.ends(position.marks, what -> missing(caller.at, what));
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
            walk.cameTo.add(way);
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
}
