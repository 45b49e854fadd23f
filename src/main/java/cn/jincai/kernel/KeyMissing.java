package cn.jincai.kernel;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Stops the start: without the right key nothing personal can be written or read, or the record not be signed. */
public class KeyMissing extends RuntimeException {
    private final Text wayOut;

    /** @param key of what is told; the way out has the same with {@code .wayOut} behind it */
    public KeyMissing(String key, Object... values) {
        super(Text.of(key, values).both());
        wayOut = Text.of(key + ".wayOut");
    }

    /** Two sentences on the console instead of a stack trace. */
    static class Told extends AbstractFailureAnalyzer<KeyMissing> {
        @Override
        protected FailureAnalysis analyze(Throwable whole, KeyMissing cause) {
            return new FailureAnalysis(cause.getMessage(), cause.wayOut.both(), cause);
        }
    }
}
