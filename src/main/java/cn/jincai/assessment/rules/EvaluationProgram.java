package cn.jincai.assessment.rules;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * The work of an evaluation, one piece after the other, bound into one method handle: the JVM compiles a handle that is called often as a whole, with all
 * that is bound to it as constants. A loop over the pieces would look each of them up and jump to it, for every case anew.
 */
final class EvaluationProgram {
    interface Work {
        void on(Evaluation e);
    }

    private static final MethodType TYPE = MethodType.methodType(void.class, Evaluation.class);
    private static final MethodHandle ON = found(Work.class, "on", TYPE);
    private static final MethodHandle KNOWN =
            found(RowBitmaps.Column.class, "known", MethodType.methodType(long.class, long.class, Slots.class));

    private final MethodHandle all;

    EvaluationProgram(List<Work> works) {
        MethodHandle rest = MethodHandles.empty(TYPE);
        for (int i = works.size() - 1; i >= 0; i--) rest = MethodHandles.foldArguments(rest, ON.bindTo(works.get(i)));
        all = rest;
    }

    void run(Evaluation e) {
        try {
            all.invokeExact(e);
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    /** Of some rows, up to 64, those that one column after the other leaves where all is known. */
    static MethodHandle all(List<RowBitmaps.Column> columns) {
        MethodHandle rest = MethodHandles.dropArguments(MethodHandles.identity(long.class), 1, Slots.class);
        for (int i = columns.size() - 1; i >= 0; i--)
            rest = MethodHandles.foldArguments(
                    MethodHandles.dropArguments(rest, 1, long.class), KNOWN.bindTo(columns.get(i)));
        return rest;
    }

    static long run(MethodHandle all, long rows, Slots s) {
        try {
            return (long) all.invokeExact(rows, s);
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    private static RuntimeException rethrown(Throwable thrown) {
        if (thrown instanceof RuntimeException e) return e;
        if (thrown instanceof Error e) throw e;
        return new IllegalStateException(thrown); // none of them declares an exception
    }

    private static MethodHandle found(Class<?> in, String name, MethodType type) {
        try {
            return MethodHandles.lookup().findVirtual(in, name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
