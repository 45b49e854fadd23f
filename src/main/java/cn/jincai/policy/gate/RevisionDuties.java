package cn.jincai.policy.gate;

import cn.jincai.kernel.Role;
import cn.jincai.policy.Step;
import cn.jincai.policy.revision.RevisionKind;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What nobody may pass by after a decision: a leader signs whatever is carried out, and the person is heard before something is taken from him. A confirmation takes
 * nothing, and what a court revoked needs no hearing of the office.
 */
final class RevisionDuties {
    /** Of a matter that comes after the decision, not of a case on its way. */
    static final String REVISION = "revision";

    private static final String SIGNED = "revision:signed",
            TO_BE_HEARD = "revision:to-be-heard",
            HEARING = "revision:hearing",
            OVER = "revision:over";

    private RevisionDuties() {}

    static Set<String> owed(RevisionKind kind) {
        return kind == RevisionKind.REVOCATION ? Set.of(REVISION, TO_BE_HEARD) : Set.of(REVISION);
    }

    static void done(Step step, String outcome, Set<String> marks) {
        if (step.role() == Role.LEADER) {
            if (outcome.equals("sign")) marks.add(SIGNED);
            else marks.remove(SIGNED);
        } else if (outcome.equals("end")) marks.add(TO_BE_HEARD);
    }

    static void called(Guesses.Asked call, Set<String> marks, Consumer<String> missing) {
        switch (call.method()) {
            case "hear" -> {
                if (call.given().size() > 1 && Boolean.TRUE.equals(call.given().get(1))) marks.add(HEARING);
                else if (marks.remove(HEARING)) marks.remove(TO_BE_HEARD);
            }
            case "carryOut" -> {
                if (!marks.contains(SIGNED)) missing.accept("revisionSigned");
                if (marks.contains(TO_BE_HEARD) || marks.contains(HEARING)) missing.accept("revisionHeard");
                marks.add(OVER);
            }
            case "drop" -> marks.add(OVER);
            default -> {}
        }
    }

    static void over(Set<String> marks, Consumer<String> missing) {
        if (!marks.contains(OVER)) missing.accept("revisionEnd");
    }
}
