package cn.jincai.applicant.likeness;

import cn.jincai.applicant.Person;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two documents that may be one person's.
 *
 * @param alike what they have alike
 * @param same  as somebody judged last, or null where nobody has yet, or where more has turned out since
 * @param said  every judgement, the oldest first
 */
public record Likeness(
        long id,
        Person one,
        Person other,
        Set<Trait> alike,
        @Nullable Boolean same,
        List<Judgement> said) {
    /** What two documents have alike beside the day of birth. */
    public enum Trait {
        NAME(1),
        PHONE(1),
        ACCOUNT(1),
        CERTIFICATE(2);

        /** Two are enough to be shown: the name with one of the others (rulebook 7.10), two others where the name is written otherwise, a certificate by itself. */
        static final int ENOUGH = 2;

        final int weight;

        Trait(int weight) {
            this.weight = weight;
        }

        public Text text() {
            return Text.of("applicant.alike." + name());
        }
    }

    /** @param reason null where the numbers said it */
    public record Judgement(
            boolean same, String by, Instant at, @Nullable String reason) {}

    /** What they have alike, in words. */
    public Text what() {
        return Text.joined(
                "applicant.alike.and", alike.stream().map(Trait::text).toList());
    }

    @Override
    public String toString() {
        return "Likeness[" + id + "]";
    }
}
