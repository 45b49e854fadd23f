package cn.jincai.policy.gate;

import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.gate.Drawn.Node;
import cn.jincai.policy.gate.Drawn.Way;
import cn.jincai.policy.gate.Position.Scope;
import cn.jincai.policy.gate.Position.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that may come from outside where a case stands: a task that is handed in, a message, a time that is over. */
final class OutsideEvents {
    /** Tokens in one place, beyond which nothing new is learnt from one more. */
    private static final int MANY = 6;

    private final CaseWalk walk;
    private final Position from;
    private final EngineStep step;

    OutsideEvents(CaseWalk walk, Position from, EngineStep step) {
        this.walk = walk;
        this.from = from;
        this.step = step;
    }

    void all() {
        List<Token> tokens = from.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            int index = i;
            Token token = tokens.get(i);
            waits(i, token);
            for (Node event : token.at.boundary) boundary(i, event);
            if (token.inside != null) eventSubProcesses(token.inside, s -> s.token(index).inside);
            if (token.called != null)
                eventSubProcesses(token.called.scope, s -> Objects.requireNonNull(s.token(index).called).scope);
        }
        eventSubProcesses(from.root.scope, s -> null);
    }

    private void waits(int i, Token token) {
        Node at = token.at;
        if (at.is("userTask"))
            for (String outcome : outcomes(token))
                step.all(at.id + ": " + outcome, s -> s.completed(s.token(i), outcome));
        else if (at.is("receiveTask", "intermediateCatchEvent")) happens(i, token, at);
        else if (at.is("eventBasedGateway")) for (Way way : at.ways) happens(i, token, way.to());
    }

    private void happens(int i, Token token, Node event) {
        if (canHappen(event, token.scope, token)) step.all(event.id, s -> s.happened(s.token(i), event));
    }

    /** What its form offers, and what the room may make of it (rulebook 7.10, 7.11). */
    private List<String> outcomes(Token token) {
        List<String> outcomes = new ArrayList<>(walk.outcomes.getOrDefault(token.at.formRef, List.of()));
        walk.stepOf(token.at).ifPresent(task -> {
            if (task.is(Kind.SIGNS) && !token.isOfPayment()) outcomes.add("changed");
            if (task.is(Kind.CHECKS_PAYMENT)) outcomes.add("parked");
        });
        return outcomes;
    }

    private boolean canHappen(Node event, Scope scope, @Nullable Token token) {
        if (event.message.isEmpty()) return event.timer;
        if (List.of("withdrawn", "handed-in", "place-free").contains(event.message)
                && !Duties.mayCome(from.marks, false).contains(event.message)) return false;
        return walk.awaited.finds(event, scope, token);
    }

    private void boundary(int i, Node event) {
        Token host = from.tokens().get(i);
        if (!canHappen(event, host.scope, host) || !event.interrupts && host.scope.tokens.size() > MANY) return;
        step.all(event.id, s -> s.happenedAtTheEdge(s.token(i), event));
    }

    /** @param here finds the scope again in a copy of the position; null for the outermost process */
    private void eventSubProcesses(Scope scope, Function<EngineStep, @Nullable Scope> here) {
        for (Node sub : scope.around.eventSubProcesses) {
            Node start = sub.start;
            if (start == null || !canHappen(start, scope, null)) continue;
            if (scope.tokens.stream().anyMatch(token -> token.at == sub))
                continue; // one at a time tells as much as many
            step.all(start.id, s -> s.begins(here.apply(s), sub, start));
        }
    }
}
