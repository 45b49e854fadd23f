package cn.jincai.policy.gate;

import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.gate.Drawn.Node;
import cn.jincai.policy.gate.Position.Scope;
import cn.jincai.policy.gate.Position.Token;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who waits for a message where a case stands: what may come now has to be waited for by exactly one. */
final class AwaitedMessages {
    private final CaseWalk walk;

    AwaitedMessages(CaseWalk walk) {
        this.walk = walk;
    }

    void check(Position position, Supplier<String> way) {
        List<Token> tokens = position.tokens();
        boolean bankIsAsked = tokens.stream()
                .anyMatch(t -> t.at.is("userTask")
                        && walk.stepOf(t.at)
                                .filter(s -> s.is(Kind.WAITS_FOR_BANK))
                                .isPresent());
        for (String message : Duties.mayCome(position.marks, bankIsAsked))
            if (waiting(message, position.root.scope, tokens) != 1) {
                Node at = tokens.isEmpty() ? position.root.process : tokens.get(tokens.size() - 1).at;
                String key = message.equals("withdrawn") ? "policy.walk.NO_WITHDRAWAL" : "policy.walk.NOBODY_WAITS";
                walk.wrong(at, way, key, message);
            }
    }

    private long waiting(String message, Scope outermost, List<Token> tokens) {
        long waiting = subProcesses(message, outermost);
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

    /** Whether a message that is sent finds who waits for it, by the number of the case or by the payment. */
    boolean finds(Node event, Scope scope, @Nullable Token token) {
        DiagramVocabulary.Message sent = walk.words.messages().get(event.message);
        if (sent == null) return false;
        if (!sent.byPayment()) return scope.instance.numbered;
        return scope.instance.variables.containsKey("paymentId") || token != null && token.own.containsKey("paymentId");
    }
}
