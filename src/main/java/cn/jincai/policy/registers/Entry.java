package cn.jincai.policy.registers;

import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A code of a register with the name that it has in some days. A code is named by several entries where its name has changed; their days do not overlap.
 *
 * @param register name of the one that it is in
 * @param from   the first day, null: since ever
 * @param until  the last day, null: without end
 * @param source what is asked of it; of a source only, {@link Source#NONE} for others
 * @param rights code of the role whose rights it has; of a role only that is none of the product's own, null for others
 * @param line   in its file, from 1
 */
public record Entry(
        String register,
        String code,
        Text name,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        Source source,
        @Nullable String rights,
        int line) {
    /**
     * How a source is asked.
     *
     * @param sends       keys of the applicant's answers that it needs to find the record; nothing else of the answers is sent
     * @param facts       which facts it answers; empty: nobody has said, any may be asked
     * @param goodForDays for how many days an answer is good, null: for the whole case
     */
    public record Source(
            List<String> sends,
            List<String> facts,
            @Nullable Integer goodForDays) {
        public static final Source NONE = new Source(List.of(), List.of(), null);
    }

    /** The same, to be compared with what it says alone. */
    Entry wherever() {
        return new Entry(register, code, name, from, until, source, rights, 0);
    }

    public boolean holdsOn(LocalDate day) {
        return !isEndedOn(day) && (from == null || !from.isAfter(day));
    }

    public boolean isEndedOn(LocalDate day) {
        return until != null && until.isBefore(day);
    }

    boolean overlaps(Entry other) {
        return !startsAfterEndOf(other) && !other.startsAfterEndOf(this);
    }

    private boolean startsAfterEndOf(Entry other) {
        return from != null && other.until != null && from.isAfter(other.until);
    }
}
