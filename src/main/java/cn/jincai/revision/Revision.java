package cn.jincai.revision;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step;
import cn.jincai.policy.revision.RevisionKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A matter that came after the decision of a case.
 *
 * @param packageHash    whose diagram, reasons and steps it goes by
 * @param reason         its code
 * @param words          of who began it
 * @param begunBy        an account
 * @param hearing        whether the person is heard on it now
 * @param heardAt        when that began, null where it did not
 * @param outcome        null while it is on its way
 * @param documentNumber 文号 of what was issued at its end
 * @param said           who said what at its steps, in their order
 */
public record Revision(
        long id,
        CaseNumber number,
        RevisionKind kind,
        String packageHash,
        String reason,
        Text reasonName,
        Text basis,
        String words,
        Change change,
        String begunBy,
        Instant begunAt,
        boolean hearing,
        @Nullable Instant heardAt,
        @Nullable Outcome outcome,
        @Nullable Instant endedAt,
        @Nullable Long document,
        @Nullable String documentNumber,
        List<Said> said) {

    /** How it ended. */
    public enum Outcome {
        CARRIED_OUT("carried-out"),
        DROPPED("dropped");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static @Nullable Outcome of(@Nullable String code) {
            for (Outcome one : values()) if (one.code.equals(code)) return one;
            return null;
        }

        public Text text() {
            return Text.of("revision.outcome." + code);
        }
    }

    /** @param step its key; names of steps are the package's */
    public record Said(
            String step,
            Text stepName,
            String account,
            String outcome,
            Text outcomeName,
            @Nullable String words,
            Instant at) {}

    /** Who may not do this step: whoever began the matter, and whoever did another of its steps. */
    Set<String> keptFrom(Step step) {
        return Stream.concat(
                        Stream.of(begunBy),
                        said.stream()
                                .filter(one -> !one.step().equals(step.key()))
                                .map(Said::account))
                .collect(Collectors.toSet());
    }

    /** Whether some step came to this. */
    boolean said(String code) {
        return said.stream().anyMatch(one -> one.outcome().equals(code));
    }
}
