package cn.jincai.applicant;

import cn.jincai.kernel.Text;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Stops the start: without the right key nothing personal can be written or read. */
class KeyMissing extends RuntimeException {
    private final Text wayOut;

    KeyMissing(String what, Object... values) {
        super(Text.of("applicant.key." + what, values).both());
        wayOut = Text.of("applicant.key." + what + ".wayOut");
    }

    /** Two sentences on the console instead of a stack trace. */
    static class Told extends AbstractFailureAnalyzer<KeyMissing> {
        @Override
        protected FailureAnalysis analyze(Throwable whole, KeyMissing cause) {
            return new FailureAnalysis(cause.getMessage(), cause.wayOut.both(), cause);
        }
    }
}
