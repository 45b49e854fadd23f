package cn.jincai.policy.gate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands in the marks of a {@link Position} about each thing that a case may need: that it is owed, that it need not be, or that it was done. */
final class Marks {
    static final String OWED = "owed:", NO = "no:", DONE = "done:";

    private Marks() {}

    /** Nobody asked whether it is needed, or it is and was not done. */
    static boolean isOpen(String what, Set<String> marks) {
        return marks.contains(OWED + what) || !marks.contains(NO + what) && !marks.contains(DONE + what);
    }

    static void forget(String what, Set<String> marks) {
        marks.remove(OWED + what);
        marks.remove(NO + what);
        marks.remove(DONE + what);
    }

    static void done(String what, Set<String> marks) {
        forget(what, marks);
        marks.add(DONE + what);
    }

    static void needed(String what, @Nullable Object answer, Set<String> marks) {
        forget(what, marks);
        marks.add((Boolean.TRUE.equals(answer) ? OWED : NO) + what);
    }
}
