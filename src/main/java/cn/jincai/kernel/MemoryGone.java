package cn.jincai.kernel;

import java.nio.charset.StandardCharsets;

/**
 * When memory is gone, whatever was in hand may be half done, and threads that nobody misses may have ended. The process then ends at once, so that it is
 * started anew from what the database holds. Where the JVM was started with {@code -XX:+ExitOnOutOfMemoryError} it does the same before this is asked.
 */
public final class MemoryGone {
    /** The exit status, the same as the JVM's own. */
    public static final int STATUS = 3;

    private static final byte[] WORDS =
            "The memory is gone, so this process ends and has to be started again; give it more with -Xmx. 内存耗尽，进程已终止，请重新启动并调大 -Xmx。\n"
                    .getBytes(StandardCharsets.UTF_8);

    private MemoryGone() {}

    /** Ends the process where a lack of memory is behind what was thrown; returns in all other cases. */
    public static void endIf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (!(cause instanceof OutOfMemoryError)) continue;
            try {
                System.err.write(WORDS, 0, WORDS.length);
                System.err.flush();
            } finally {
                Runtime.getRuntime().halt(STATUS);
            }
        }
    }

    /** For threads that end by an exception, in which nobody else hears of it. */
    public static void endsTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            endIf(thrown);
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            thrown.printStackTrace();
        });
    }
}
