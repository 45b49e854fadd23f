package cn.jincai.assessment;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * The work of an evaluation, one piece after the other, bound into one method handle: the JVM compiles a handle that is called often as a whole, with all
 * that is bound to it as constants. A loop over the pieces would look each of them up and jump to it, for every case anew.
 */
final class Program {
    interface Work {
        void on(Evaluation e);
    }

    private static final MethodType TYPE = MethodType.methodType(void.class, Evaluation.class);
    private static final MethodHandle ON = on();

    private final MethodHandle all;

    Program(List<Work> works) {
        MethodHandle rest = MethodHandles.empty(TYPE);
        for (int i = works.size() - 1; i >= 0; i--) rest = MethodHandles.foldArguments(rest, ON.bindTo(works.get(i)));
        all = rest;
    }

    void run(Evaluation e) {
        try {
            all.invokeExact(e);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);   // no work declares an exception
        }
    }

    private static MethodHandle on() {
        try {
            return MethodHandles.lookup().findVirtual(Work.class, "on", TYPE);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
