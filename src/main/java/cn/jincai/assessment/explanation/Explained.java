package cn.jincai.assessment.explanation;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why an assessment says what it says, all of it: each condition with what was found and what was asked, which value was in force and why that one, the
 * sums line by line, and what would have to change. As JSON it is the answer of {@code POST /api/assessments/explanation}.
 *
 * @param rulesetFrom   day from which the ruleset is in force
 * @param governingDate null where the fact that gives it is unknown
 * @param governedBy    which date picks ruleset and values
 * @param applicationDate null where a group is so small that it would tell who is meant
 */
public record Explained(
        String scheme,
        Text name,
        String ruleset,
        LocalDate rulesetFrom,
        @Nullable LocalDate governingDate,
        Text governedBy,
        @Nullable LocalDate applicationDate,
        Verdict verdict,
        List<Benefit> benefits) {
    /** Without benefits that are decided line by line, which one explanation can't explain. @param whole what the whole claim came to */
    public Explained without(Set<String> perLine, Verdict whole) {
        List<Benefit> others =
                benefits.stream().filter(b -> !perLine.contains(b.code())).toList();
        return new Explained(
                scheme, name, ruleset, rulesetFrom, governingDate, governedBy, applicationDate, whole, others);
    }

    /**
     * @param amountFen  what this application would pay, in fen
     * @param conditions in the order of the rules
     * @param sum        how the sum comes about; empty for a status
     * @param changes    single changes that would make the verdict better, each the smallest of its fact; none for an APPROVE
     * @param firstDay   the first day on which an application would be granted, null where there is none within {@value Counterfactuals#YEARS} years or it is granted now
     */
    public record Benefit(
            String code,
            Text name,
            Verdict verdict,
            long amountFen,
            List<Condition> conditions,
            List<Line> sum,
            List<Change> changes,
            @Nullable FirstDay firstDay) {}

    /** {@code waived}: a leader let it pass, so it is not tested. */
    public enum State {
        met,
        failed,
        unknown,
        waived
    }

    /**
     * A row of the tables.
     *
     * @param table       id of its table
     * @param entitlement it gives something where it is met; otherwise it stands in the way where it fails
     * @param applies     false where the row is about other cases than this one
     * @param effect      what its failing makes of the benefit; null for an entitlement
     * @param reason      its reason code; null for an entitlement
     * @param demand      what is asked
     * @param plain       what was found, for the applicant; null where a group is so small that it would tell who is meant
     * @param official    what was found, with rule and article, for the officer; null likewise
     * @param basis       null where no article is named
     * @param status      the worst of the row's own and of the values it compares with
     * @param comparedOn  day on which the least recently compared of its values was last held against the published text; null where one never was
     */
    public record Condition(
            String rule,
            String table,
            boolean entitlement,
            State state,
            boolean applies,
            @Nullable Verdict effect,
            @Nullable String reason,
            Text demand,
            @Nullable Text plain,
            @Nullable Text official,
            List<Value> values,
            List<Threshold> thresholds,
            @Nullable Basis basis,
            Status status,
            @Nullable LocalDate comparedOn) {}

    /**
     * @param value null where it is not known or none
     * @param from  how a derived value comes about; null for a fact
     */
    public record Value(
            String name,
            Text label,
            @Nullable Object value,
            Text shown,
            @Nullable Text from) {}

    /**
     * A value of the rules, with the reason why it and no other holds.
     *
     * @param value    null where nothing is asked at this time, or where nobody can tell which value holds
     * @param from     first day on which it holds; null for always
     * @param until    last day on which it holds; null where no later value is known
     * @param chosenBy name of the date that picks it
     * @param chosenOn that date; null where it is not known
     * @param source   document in which it stands
     */
    public record Threshold(
            String parameter,
            Text label,
            @Nullable Object value,
            Text shown,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            String chosenBy,
            @Nullable LocalDate chosenOn,
            Status status,
            @Nullable Text source,
            @Nullable LocalDate comparedOn,
            @Nullable Text note,
            List<Other> earlier,
            List<Other> later,
            Text why) {}

    /** A value of another time. */
    public record Other(@Nullable LocalDate from, @Nullable Object value, Text shown, Status status) {}

    /** @param inForceFrom day of effect of the document, or null */
    public record Basis(
            Text document,
            @Nullable String number,
            @Nullable LocalDate inForceFrom,
            Text article,
            Text text) {}

    /**
     * A line of a sum.
     *
     * @param arithmetic with numbers, such as "每月津贴3,000元 × 36个月"
     * @param value      what comes out, in {@code unit}: {@code fen}, {@code months}, {@code count} or {@code percent} (ten-thousandths of a per cent)
     */
    public record Line(Text what, Text arithmetic, long value, String unit) {}

    /**
     * One other value of one fact.
     *
     * @param now     its value, null where it is unknown
     * @param to      the value that would do; a list where each of them would
     * @param by      difference of a whole number, null for others
     * @param verdict what the benefit would then be
     * @param day     for a fact that grows by the month: the first day on which it is there if things stay as they are
     * @param then    verdict on that day, when everything else that moves with time has moved too
     */
    public record Change(
            String fact,
            Text label,
            @Nullable Object now,
            Object to,
            @Nullable Long by,
            Verdict verdict,
            @Nullable LocalDate day,
            @Nullable Verdict then,
            Text text) {}

    /**
     * @param unchanged the first day on which it would be granted if nothing but the date changes; or null
     * @param continued the same where facts that grow by the month go on growing; or null
     */
    public record FirstDay(
            @Nullable LocalDate unchanged, @Nullable LocalDate continued, Text text) {}
}
