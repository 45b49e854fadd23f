package cn.jincai.process.worklists;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an officer is told of one task, or of a case that waits for others, before he opens it.
 *
 * @param id        the task's; the case's number where it waits for others
 * @param run       the number of a half-yearly run, for its own tasks
 * @param scheme    its name
 * @param person    as much of the name as a list tells: masked, or nothing where the role sees no identity
 * @param amountFen in fen; null where there is none
 * @param step      the step's key
 * @param todo      the step, as it is called
 * @param lastDay   null without a limit
 * @param daysLeft  calendar days until the last day; negative once it is over
 * @param detail    which benefit, instalment or objection it is about, where the case has several
 * @param reminded  whether two thirds of the lawful days of the case are over
 * @param assignee  who has it, where it is not the reader
 */
public record Card(
        String id,
        @JsonProperty("case") @Nullable CaseNumber number,
        @Nullable String run,
        @Nullable Text scheme,
        @Nullable String person,
        @Nullable Long amountFen,
        String step,
        Text todo,
        @Nullable LocalDate lastDay,
        @Nullable Long daysLeft,
        Light light,
        @Nullable Text detail,
        boolean reminded,
        boolean returned,
        @Nullable String assignee,
        boolean mine) {
    /** Told by form and word as well, never by colour alone. */
    public enum Light {
        OVERDUE("overdue"),
        TODAY("today"),
        SOON("soon"),
        IN_TIME("in-time"),
        NONE("none");

        /** Calendar days before the last one from which it is soon. */
        private static final int SOON_DAYS = 2;

        private final String code;

        Light(String code) {
            this.code = code;
        }

        @JsonValue
        public String code() {
            return code;
        }

        static Light of(@Nullable Long daysLeft, boolean raised) {
            if (daysLeft == null) return raised ? OVERDUE : NONE;
            if (daysLeft < 0 || raised) return OVERDUE;
            return daysLeft == 0 ? TODAY : daysLeft <= SOON_DAYS ? SOON : IN_TIME;
        }
    }
}
