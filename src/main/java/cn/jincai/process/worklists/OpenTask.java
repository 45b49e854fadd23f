package cn.jincai.process.worklists;

import cn.jincai.kernel.CaseNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits, as the table of open tasks has it. It names nobody but accounts of those who work.
 *
 * @param diagram    the engine's definition, which tells the package
 * @param step       key of the step
 * @param kind       code of the step's kind
 * @param role       code of the group that may take it; null where it is for people by name
 * @param candidates accounts of those people; empty when read from a list
 * @param decides    whether nobody may act here and at another deciding step of the case
 * @param subject    number of the payment or the objection that it is about
 * @param amountFen  what the case or the payment comes to, in fen; null where nothing is known of it
 * @param due        24:00 of the last day
 * @param returned   whether the case has been at this step before
 * @param raised     past its own day or the day promised for its case
 * @param reminded   whether its case has used two thirds of its lawful days
 * @param asksMore   whether the rooms have to be asked of it one by one who may take it: of a run, of an employer, after an upheld objection, after a decision
 */
public record OpenTask(
        String id,
        String diagram,
        String step,
        String kind,
        @Nullable String role,
        List<String> candidates,
        boolean decides,
        @Nullable CaseNumber number,
        @Nullable String run,
        @Nullable String subject,
        @Nullable String scheme,
        @Nullable Long amountFen,
        Instant since,
        @Nullable Instant due,
        @Nullable String assignee,
        boolean returned,
        boolean raised,
        boolean reminded,
        boolean asksMore) {}
