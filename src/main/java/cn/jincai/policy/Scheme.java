package cn.jincai.policy;

import cn.jincai.kernel.Period;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.forms.FormCondition;
import cn.jincai.policy.registers.Entry;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scheme 政策事项 as {@code scheme.yaml} describes it; docs/policy-packages.md explains every key.
 *
 * @param governingDate     the date fact that picks parameter values and ruleset, or {@value #APPLICATION_DATE}
 * @param employerCheck     whether the employer's clerk is asked first
 * @param employerCheckWhen a FEEL condition over the answers, such as {@code = employerType != "SELF_EMPLOYED"}; null: always
 * @param benefits          in the order in which they are assessed and shown
 * @param reasons           texts of the reason codes
 * @param promises          text of the promise 告知承诺书, null where none may be given
 * @param waivable          reason codes that a leader may waive
 * @param panelLevels       levels that need an expert panel
 * @param leaderAboveFen    a leader reviews where more than this is granted in all, in fen; null: never for the sum
 * @param noticeAboveFen    only where more than this is granted in all is there a public notice, in fen; null: wherever something is granted
 * @param paymentKey        facts that make a payment unique beside person and benefit
 * @param sameThing         facts by which a second open case is about the same thing; empty: any case of this scheme
 * @param askedBeforePaying facts asked again of their sources before money goes out
 * @param run               how benefits {@code paid: by-run} are paid; null where there is none
 * @param offered           whether people can apply; one that is not is written and checked only, or pays on what was granted while it was
 * @param way               what of the shared way of a case this scheme does otherwise
 * @param applying          who applies
 * @param front             how it is shown to people who look for what there is for them
 */
public record Scheme(
        String code,
        Text name,
        Text about,
        String governingDate,
        boolean employerCheck,
        @Nullable String employerCheckWhen,
        List<Benefit> benefits,
        List<Fact> facts,
        Map<String, ReasonText> reasons,
        List<Document> documents,
        @Nullable Text promises,
        List<String> waivable,
        List<Integer> panelLevels,
        @Nullable Long leaderAboveFen,
        @Nullable Long noticeAboveFen,
        List<String> paymentKey,
        List<String> sameThing,
        List<String> askedBeforePaying,
        @Nullable Run run,
        Rules rules,
        boolean offered,
        Way way,
        Applying applying,
        Front front) {
    /**
     * @param oneReview           one review is enough for what the rules grant, and never for more
     * @param automaticAcceptance what is complete is accepted by the system
     * @param quota               how much is granted in a year, null: to all who have a right to it
     */
    public record Way(
            boolean oneReview,
            boolean automaticAcceptance,
            @Nullable Quota quota) {
        public static final Way SHARED = new Way(false, false, null);
    }

    /**
     * @param audiences codes of the register {@code audiences}: for whom it is; none where the scheme does not say
     * @param questions that people ask, in the order in which they are shown
     */
    public record Front(List<String> audiences, List<Question> questions) {
        public static final Front NONE = new Front(List.of(), List.of());

        public record Question(Text ask, Text answer) {}
    }

    /**
     * Places of a year 年度名额, given in the order in which the applications arrived.
     *
     * @param parameter of the unit {@code count} that says how many, by date; null where a number stands
     * @param number    of cases in a calendar year, where no parameter says it
     * @param benefits  of which one that is granted takes a place, the whole case a single one
     */
    public record Quota(@Nullable String parameter, long number, List<String> benefits) {}

    /** The application date, usable wherever a date fact is; no fact that anybody tells. */
    public static final String APPLICATION_DATE = "applicationDate";
    /** The largest whole number that every reader of JSON keeps exactly. */
    public static final long LARGEST = (1L << 53) - 1;

    /**
     * @param employer whether an employer applies and is paid, through its clerks; otherwise a person
     * @param roster   the employees for whom it applies, null where it applies for itself alone
     */
    public record Applying(boolean employer, @Nullable Roster roster) {
        public static final Applying PERSON = new Applying(false, null);
    }

    /**
     * A roster 名单: one claim for several employees, each a line with facts of its own.
     *
     * @param person  the fact that holds the number of the employee's identity card; one of {@code facts}
     * @param facts   those that each line has for itself: told by the employer, by a source outside, or counted by own records
     * @param atMost  lines of one claim, 1 to {@value #MOST}
     */
    public record Roster(String person, List<String> facts, int atMost) {
        public static final int MOST = 1000;
    }

    /**
     * @param kind       {@code money} or {@code status}
     * @param paid       {@code at-once} or {@code by-run}; a status is paid {@code at-once} by name only
     * @param validYears how long a status is in force, null for money
     */
    public record Benefit(
            String code,
            Text name,
            String fund,
            String kind,
            String paid,
            @Nullable Integer validYears) {
        public boolean isMoney() {
            return kind.equals("money");
        }

        public boolean isPaidByRun() {
            return paid.equals("by-run");
        }
    }

    public enum Type {
        DATE,
        BOOLEAN,
        TEXT,
        LIST,
        INTEGER,
        FEN,
        PERCENT,
        /** A value for each month; of which kind the fact says. */
        SERIES,
        /** A month, quarter or half-year that is claimed. */
        PERIOD
    }

    /** {@code monthly}: it is one more with each month for which things stay as they are. */
    public enum Changes {
        never,
        freely,
        monthly
    }

    /** What a fact means that is not told: unknown, or known to be none, or a number that then holds. */
    public record Absent(boolean none, @Nullable Long value) {
        public static final Absent UNKNOWN = new Absent(false, null);
    }

    /**
     * One typed input of the rules.
     *
     * @param values  the closed list of a text or list, empty where any text may stand
     * @param numbers a list of whole numbers instead of texts
     * @param source  of architecture's sources, {@code own-records} or {@code applicant}
     * @param count   what own records count, null for other sources
     * @param min     smallest value of a number; of a percentage in the parts of {@link Percent}
     * @param max     largest value of a number, null: none but that of the API, of a percentage the whole
     * @param changes whether advice may name another value: dates and own records tell what has been, so they never change where the package says nothing
     * @param everyDocument whether it is the person's whatever the document: the source is asked by each that was joined as his, and true of one is true of him
     * @param mayLieAhead a date that may come after the application, as of a lease from next month; of others such a day is a slip and counts as unknown
     * @param of      of a series what it has for each month ({@code fen}, {@code integer}, {@code boolean}, {@code percent}), of a period its kind; empty for others
     * @param mendBy  form keys with which the applicant can correct what a source said of it, beside the fact itself and the documents that prove it
     */
    public record Fact(
            String name,
            Type type,
            List<Value> values,
            boolean numbers,
            Text label,
            String source,
            @Nullable Count count,
            Absent absent,
            long min,
            @Nullable Long max,
            Changes changes,
            boolean everyDocument,
            List<String> mendBy,
            boolean mayLieAhead,
            String of) {
        /** One value of the series, as a fact of its own. */
        public Fact ofOneMonth() {
            return new Fact(
                    name,
                    Type.valueOf(of.toUpperCase(Locale.ROOT)),
                    values,
                    numbers,
                    label,
                    source,
                    count,
                    absent,
                    min,
                    max,
                    changes,
                    everyDocument,
                    mendBy,
                    false,
                    "");
        }

        /** The kind of a period. */
        public Period.Kind periodKind() {
            return Period.Kind.of(of).orElseThrow();
        }

        public Optional<Value> value(String code) {
            for (Value value : values) if (value.code().equals(code)) return Optional.of(value);
            return Optional.empty();
        }

        /** The largest value of a number. */
        public long most() {
            return max != null ? max : type == Type.PERCENT || of.equals(Parameter.PERCENT) ? Percent.WHOLE : LARGEST;
        }

        public boolean isOwnRecords() {
            return source.equals("own-records");
        }

        /** Whether whoever applies tells it. */
        public boolean isTold() {
            return source.equals("applicant");
        }

        /** Whether a source outside the house tells it, neither the applicant nor own records. */
        public boolean isOutside() {
            return !isOwnRecords() && !isTold();
        }
    }

    /**
     * A code that a fact may have.
     *
     * @param name    as it was last called
     * @param entries of the register that it is taken from, the earliest first; none where the package writes the code itself, which then holds on every day
     */
    public record Value(String code, Text name, @JsonIgnore List<Entry> entries) {
        public Value(String code, Text name) {
            this(code, name, List.of());
        }

        public static Value of(List<Entry> entries) {
            Entry last = entries.get(entries.size() - 1);
            return new Value(last.code(), last.name(), entries);
        }

        public boolean holdsOn(LocalDate day) {
            return entries.isEmpty() || entries.stream().anyMatch(e -> e.holdsOn(day));
        }
    }

    /**
     * What own records count for a fact.
     *
     * @param of        {@code amountFen}, {@code paidFen}, {@code level}, {@code months}, {@code grantedMonths}, {@code instalments}, {@code cases}, {@code periods},
     *                  {@code exists} or {@code levels}
     * @param benefits  over which benefits, of whichever scheme
     * @param within    {@code calendarYear}, {@code life}, {@code inForce}, or {@code span} for days of its own
     * @param sameFacts only cases with the same values of these facts
     * @param matching  only cases that rest on what a fact of this one stands for, or null
     * @param prefix    for {@code levels}: what stands before the collected value, by benefit
     * @param fact      for {@code levels}: the fact whose value is collected; for {@code periods}: the period that was claimed
     * @param span      those days, {@link Span#NONE} for the others
     * @param whose     whose grants
     */
    public record Count(
            String of,
            List<String> benefits,
            String within,
            List<String> sameFacts,
            @Nullable Matching matching,
            Map<String, String> prefix,
            @Nullable String fact,
            Span span,
            Whose whose) {}

    /**
     * The days in which a grant counts.
     *
     * @param months back from the last day, 0 for all
     * @param until  the date fact that gives the last day, or {@value #APPLICATION_DATE}
     * @param since  the date fact that gives the first day, or null
     */
    public record Span(int months, String until, @Nullable String since) {
        public static final Span NONE = new Span(0, APPLICATION_DATE, null);
    }

    /**
     * Whose grants count.
     *
     * @param who {@code person}, {@code spouse}, {@code employee} or {@code employer}
     * @param by  the fact that holds his document number, or the employer's code; null for the applicant, and for the employer of the case
     */
    public record Whose(String who, @Nullable String by) {
        public static final Whose PERSON = new Whose("person", null);

        public boolean isPerson() {
            return who.equals("person");
        }

        public boolean isEmployer() {
            return who.equals("employer");
        }
    }

    /**
     * Ties a case to earlier ones of a scheme that says the same in other words.
     *
     * @param mine   the fact of this case
     * @param theirs the fact of the earlier case, a list or a single value
     * @param values what {@code theirs} is, or holds, for each value of {@code mine}; for a value that is not here nothing counts
     */
    public record Matching(String mine, String theirs, Map<String, String> values) {}

    /**
     * @param requiredWhen a FEEL condition over the answers, null: always as {@code required} says
     * @param when         the same in words, for people who only read; null where nothing is said
     * @param promisable   a promise may stand in for it
     * @param proves       facts that it proves
     */
    public record Document(
            String code,
            Text name,
            boolean required,
            @Nullable String requiredWhen,
            @Nullable Text when,
            boolean promisable,
            List<String> proves) {
        public boolean isNeeded(Map<String, Object> answers) {
            return requiredWhen == null
                    ? required
                    : FormCondition.of(requiredWhen).holds(answers);
        }
    }

    /**
     * Runs: what is paid month by month goes out together, some times a year.
     *
     * @param months       calendar months in which a run opens
     * @param covers       how many months before it a run pays
     * @param maxGapMonths months without insurance in a run that a person may have
     * @param exceeds      benefits already received from which only the excess is paid
     * @param source       asked which months don't count, null: every month does
     * @param outOfPost    its fact: months (YYYY-MM) in which the person was not in post; null together with the source
     * @param uninsured    its fact: months without insurance; null together with the source
     * @param askedBeforePaying facts asked again before a run's payment goes out; the scheme's own where the package names none
     * @param name         what people call such a run; null: a run
     * @param life         how a grant begins, changes and ends
     */
    public record Run(
            List<Integer> months,
            int covers,
            int maxGapMonths,
            List<String> exceeds,
            @Nullable String source,
            @Nullable String outOfPost,
            @Nullable String uninsured,
            List<String> askedBeforePaying,
            @Nullable Text name,
            Life life) {}

    /**
     * The life of a grant that runs pay.
     *
     * @param fromApplication paid from the month after the application instead of the decision
     * @param newRate         each month at the rate of that month instead of the rate that was decided
     * @param endsWhen        what ends it for good
     * @param suspendedWhen   what keeps it from being paid and counted while it lasts
     * @param yearly          whether every source is asked again each year from the decision on
     */
    public record Life(
            boolean fromApplication, boolean newRate, List<Turn> endsWhen, List<Turn> suspendedWhen, boolean yearly) {
        /** Paid from the decision at the rate decided, until it is out of force or its months are used up. */
        public static final Life PLAIN = new Life(false, false, List.of(), List.of(), false);

        /** All that runs ask about. */
        public List<Turn> turns() {
            return Stream.concat(endsWhen.stream(), suspendedWhen.stream()).toList();
        }
    }

    /**
     * A fact that turns while a grant is paid.
     *
     * @param fact      asked of its source by each run
     * @param is        its value, or one that it has as a list
     * @param since     a date of the same source, the day on which it turned; null: the day for which the source speaks
     * @param sameMonth from the month of that day on, else from the month after it
     * @param reason    told to the person; null only of what suspends
     */
    public record Turn(
            String fact,
            String is,
            @Nullable String since,
            boolean sameMonth,
            @Nullable String reason) {}

    /** What a reason says to people; {@code {actual}}, {@code {required}} and {@code {fact}} stand for the values. */
    public record ReasonText(String code, Text message, Text mend, Text appeal) {}

    /** What the assessment needs beside the tables. */
    public record Rules(List<Derived> derived, List<BenefitRules> benefits, List<Pool> pools) {
        /** Without pools. */
        public Rules(List<Derived> derived, List<BenefitRules> benefits) {
            this(derived, benefits, List.of());
        }

        /** The pool of which a derived value says what is left; null for any other value. */
        public @Nullable Pool pool(String left) {
            return pools.stream()
                    .filter(p -> p.left().containsValue(left))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A value made from facts by one of a few fixed words, so that cells stay plain comparisons. Which members a word uses is told in docs/policy-packages.md; the others are empty. */
    public record Derived(
            String name,
            Computation as,
            @Nullable Text label,
            String from,
            String on,
            String of,
            String months,
            Map<String, Long> values,
            String is,
            String table,
            String column,
            String benefit,
            String file,
            String place,
            Over over) {
        /** A number made of a series: nothing but that series and the months that are looked at stands behind it. */
        public boolean isOfMonths() {
            return as.isOfMonths();
        }

        /** From what {@code is} says; such a value counts in a sum even where something in it is unknown. */
        public boolean isCalculated() {
            return as == Computation.calculation || as == Computation.percent;
        }
    }

    /**
     * Over which months.
     *
     * @param in   a period fact, or empty
     * @param from the date fact in whose month it begins, or empty
     * @param to   the date fact in whose month it ends, or empty
     * @param only a series of yes and no: months in which it says no give nothing; or empty
     */
    public record Over(String in, String from, String to, String only) {
        public static final Over NOTHING = new Over("", "", "", "");

        public boolean isAll() {
            return in.isEmpty() && from.isEmpty();
        }
    }

    /**
     * How one benefit is decided.
     *
     * @param tables      tables in the order in which reasons are told
     * @param follows     a benefit before it whose reasons and level it carries, or null
     * @param untested    columns of its entitlement table that are not tested where a reason is waived: column to reason code
     * @param atMost      a number to which the sum is cut, not below 0; an unknown one in it counts as 0; or null
     * @param instalments how it is divided
     * @param pools       derived numbers, what is left for it of each pool from which it takes
     * @param choice      which of several entitlements that hold is taken
     * @param askedFor    it is judged only where this says that it is asked for; null: always
     * @param perLine     it is decided for each line of the roster, and its sum is what the granted lines come to
     */
    public record BenefitRules(
            String benefit,
            List<String> tables,
            @Nullable String follows,
            Map<String, String> untested,
            @Nullable String atMost,
            Instalments instalments,
            List<String> pools,
            Choice choice,
            @Nullable AskedFor askedFor,
            boolean perLine) {}

    /** {@code best}: the first by order or level, or the first of all. */
    public enum Choice {
        best,
        highestAmount
    }

    /** @param is a code of the fact's, which it is or, of a list, has */
    public record AskedFor(String fact, String is) {}

    /** @throws Problem NOT_FOUND */
    public Benefit benefit(String benefit) {
        return benefits.stream()
                .filter(b -> b.code().equals(benefit))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    /** What a reason that the rules give says; its text is asked for when the package is read. */
    public ReasonText reason(String code) {
        return Objects.requireNonNull(reasons.get(code), code);
    }

    /** How long a benefit is in force once it is decided: its own years, else those of the status that it follows; null: without end. */
    public @Nullable Integer validYears(String benefit) {
        @Nullable Integer own = benefit(benefit).validYears();
        return own != null
                ? own
                : rules.benefits().stream()
                        .filter(b -> b.benefit().equals(benefit))
                        .findFirst()
                        .map(BenefitRules::follows)
                        .map(followed -> benefit(followed).validYears())
                        .orElse(null);
    }

    /** Whether the employer is asked about these answers. */
    public boolean asksEmployer(Map<String, Object> answers) {
        return employerCheck
                && (employerCheckWhen == null
                        || FormCondition.of(employerCheckWhen).holds(answers));
    }

    /** Whether a fact is told for each line of a roster, and not for the claim. */
    public boolean isOfLine(String fact) {
        Roster roster = applying.roster();
        return roster != null && roster.facts().contains(fact);
    }

    public Optional<Fact> fact(String fact) {
        for (Fact one : facts)
            if (one.name().equals(fact)) return Optional.of(one); // asked for each fact of each request
        return Optional.empty();
    }
}
