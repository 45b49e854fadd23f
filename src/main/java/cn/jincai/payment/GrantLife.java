package cn.jincai.payment;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFacts;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.registry.Answer;
import cn.jincai.registry.EveryDocument;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What happens to a grant while it is paid, as its scheme says: it ends, is suspended, follows a new rate, is looked at again each year. Every run asks. */
@Component
class GrantLife {
    private final EveryDocument everyDocument;
    private final Payees payees;
    private final CaseFacts facts;
    private final AskedAgain askedAgain;
    private final Assessments assessments;
    private final Packages packages;
    private final CityClock clock;

    GrantLife(
            EveryDocument everyDocument,
            Payees payees,
            CaseFacts facts,
            AskedAgain askedAgain,
            Assessments assessments,
            Packages packages,
            CityClock clock) {
        this.everyDocument = everyDocument;
        this.payees = payees;
        this.facts = facts;
        this.askedAgain = askedAgain;
        this.assessments = assessments;
        this.packages = packages;
        this.clock = clock;
    }

    /** @param from the first month that is not paid */
    record Ending(YearMonth from, Grants.Grounds grounds) {
        static Optional<Ending> earliest(Stream<Ending> endings) {
            return endings.min(Comparator.comparing(Ending::from));
        }
    }

    /** @param from the first month that is not paid, of the run that asked */
    record Suspension(YearMonth from, Text why) {}

    /**
     * What a run found.
     *
     * @param stop    why nothing can be said of the months; null otherwise
     * @param changed keys of words on which ends had rested that were taken back, and which the source does not say any more
     */
    record Found(
            @Nullable PaymentStop stop,
            @Nullable Ending ending,
            @Nullable Suspension suspension,
            List<String> changed) {
        static final Found NOTHING = new Found(null, null, null, List.of());

        static Found stopped(PaymentStop why) {
            return new Found(why, null, null, List.of());
        }

        /** @param more keys of words that the source does not say any more */
        Found with(List<String> more) {
            List<String> all = Stream.concat(changed.stream(), more.stream()).toList();
            return new Found(stop, ending, suspension, all);
        }

        boolean isEnded(YearMonth month) {
            return ending != null && !month.isBefore(ending.from());
        }

        boolean isSuspended(YearMonth month) {
            return suspension != null && !month.isBefore(suspension.from());
        }
    }

    /**
     * Asks the sources; nothing is written. A source that is silent, or does not know, stops the payment: it neither ends a grant nor lets it go on.
     *
     * @param months that the run looks at, in their order: its own, and those that an end took which was an error
     * @param errors words that officers have found wrong: said again, they end nothing
     */
    Found look(List<YearMonth> months, Case file, String benefit, LocalDate decidedOn, List<EarlierEnds.Word> errors) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Scheme.Life life = RunMonths.runs(scheme).life();
        List<Scheme.Turn> turns = life.turns();
        Map<String, Object> told = new HashMap<>();
        LocalDate asOf = clock.today();
        for (var asked : bySource(scheme, turns).entrySet()) {
            Answer answer =
                    everyDocument.ask(scheme, file.person(), asked.getKey(), payees.subject(file), asked.getValue());
            if (!(answer instanceof Answer.Answered a)) return Found.stopped(RunMonths.SILENT);
            told.putAll(facts.typed(scheme, a.facts()));
            asOf = a.asOf().isBefore(asOf) ? a.asOf() : asOf;
        }
        if (turns.stream().anyMatch(t -> told.get(t.fact()) == null)) return Found.stopped(RunMonths.SILENT);
        Found found = turned(scheme, told, asOf, errors);
        return found.ending == null && life.yearly() ? yearly(found, months, file, benefit, decidedOn, errors) : found;
    }

    private static Map<String, Set<String>> bySource(Scheme scheme, List<Scheme.Turn> turns) {
        Map<String, Set<String>> asked = new TreeMap<>();
        turns.stream()
                .flatMap(t -> Stream.of(t.fact(), t.since()))
                .filter(Objects::nonNull)
                .map(fact -> scheme.fact(fact).orElseThrow())
                .forEach(fact -> asked.computeIfAbsent(fact.source(), s -> new TreeSet<>())
                        .add(fact.name()));
        return asked;
    }

    /** What the sources' word makes of a grant: the same word gives the same answer at any later time. */
    static Found turned(Scheme scheme, Map<String, Object> told, LocalDate asOf) {
        return turned(scheme, told, asOf, List.of());
    }

    /** @param errors words that end nothing */
    static Found turned(Scheme scheme, Map<String, Object> told, LocalDate asOf, List<EarlierEnds.Word> errors) {
        Scheme.Life life = RunMonths.runs(scheme).life();
        List<String> changed = errors.stream()
                .filter(word -> life.endsWhen().stream().anyMatch(turn -> isOf(word, turn))
                        && life.endsWhen().stream().noneMatch(turn -> isSaid(word, turn, told)))
                .map(EarlierEnds.Word::key)
                .toList();
        Ending ending = Ending.earliest(life.endsWhen().stream()
                        .filter(turn ->
                                holds(turn, told) && errors.stream().noneMatch(word -> isSaid(word, turn, told)))
                        .map(turn -> new Ending(from(turn, told, asOf), grounds(scheme, turn, told, asOf))))
                .orElse(null);
        Suspension suspension = life.suspendedWhen().stream()
                .filter(turn -> holds(turn, told))
                .map(turn -> new Suspension(suspendedFrom(turn, told), why(scheme, turn)))
                .min(Comparator.comparing(Suspension::from))
                .orElse(null);
        return new Found(null, ending, suspension, changed);
    }

    private static boolean isOf(EarlierEnds.Word word, Scheme.Turn turn) {
        return word.grounds().reason().equals(turn.reason());
    }

    private static boolean isSaid(EarlierEnds.Word word, Scheme.Turn turn, Map<String, Object> told) {
        return isOf(word, turn) && word.isSaid(Arrays.asList(turn.fact(), turn.since()), told);
    }

    private static boolean holds(Scheme.Turn turn, Map<String, Object> told) {
        Object value = told.get(turn.fact());
        return value instanceof List<?> list
                ? list.stream().anyMatch(one -> turn.is().equals(String.valueOf(one)))
                : turn.is().equals(String.valueOf(value));
    }

    /** Where nobody tells the day on which it turned, the day for which the source speaks: nothing is taken for the time before it. */
    private static YearMonth from(Scheme.Turn turn, Map<String, Object> told, LocalDate asOf) {
        LocalDate day = turn.since() != null && told.get(turn.since()) instanceof LocalDate since ? since : asOf;
        return YearMonth.from(day).plusMonths(turn.sameMonth() ? 0 : 1);
    }

    /** Where nobody tells since when, the whole run: what holds at its opening is not paid now. */
    private static YearMonth suspendedFrom(Scheme.Turn turn, Map<String, Object> told) {
        return turn.since() != null && told.get(turn.since()) instanceof LocalDate since
                ? YearMonth.from(since).plusMonths(turn.sameMonth() ? 0 : 1)
                : YearMonth.of(1, 1);
    }

    private static Grants.Grounds grounds(Scheme scheme, Scheme.Turn turn, Map<String, Object> told, LocalDate asOf) {
        Scheme.ReasonText reason = scheme.reason(Objects.requireNonNull(turn.reason()));
        return new Grants.Grounds(
                reason.code(), words(scheme, turn, reason.message()), reason.mend(), reason.appeal(), asOf, told);
    }

    private static Text why(Scheme scheme, Scheme.Turn turn) {
        String code = turn.reason();
        if (code != null)
            return Text.of(
                    "payment.grant.why",
                    words(scheme, turn, scheme.reason(code).message()),
                    scheme.reason(code).mend());
        Scheme.Fact fact = scheme.fact(turn.fact()).orElseThrow();
        return Text.of("payment.grant.fact", fact.label(), value(fact, turn.is()));
    }

    private static Text words(Scheme scheme, Scheme.Turn turn, Text words) {
        Scheme.Fact fact = scheme.fact(turn.fact()).orElseThrow();
        Text value = value(fact, turn.is());
        return new Text(
                words.zh().replace("{fact}", fact.label().zh()).replace("{actual}", value.zh()),
                words.en().replace("{fact}", fact.label().en()).replace("{actual}", value.en()));
    }

    private static Text value(Scheme.Fact fact, String is) {
        return fact.value(is)
                .map(Scheme.Value::name)
                .orElseGet(() -> Text.of(is.equals("true") ? "payment.grant.yes" : "payment.grant.no"));
    }

    /** In the run that pays the month of an anniversary everything is asked again: what the rules then refuse ends with the year for which it was granted. */
    private Found yearly(
            Found found,
            List<YearMonth> months,
            Case file,
            String benefit,
            LocalDate decidedOn,
            List<EarlierEnds.Word> errors) {
        int years = months.get(months.size() - 1).getYear() - decidedOn.getYear();
        Optional<LocalDate> anniversary = IntStream.rangeClosed(1, years)
                .mapToObj(decidedOn::plusYears)
                .filter(day -> months.contains(YearMonth.from(day)))
                .findFirst();
        if (anniversary.isEmpty()) return found;
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        List<String> all = scheme.facts().stream().map(Scheme.Fact::name).toList();
        AskedAgain.Change change = askedAgain.look(file, scheme, benefit, all).orElse(null);
        if (change == null) return found.with(changed(scheme, errors, Map.of()));
        Reason reason = change.reason();
        if (reason == null || reason.effect() != Verdict.REJECT) return Found.stopped(change.stop());
        if (errors.stream()
                .anyMatch(word -> word.grounds().reason().equals(reason.code())
                        && word.isSaid(change.told().keySet(), change.told()))) return found;
        List<String> changed = changed(scheme, errors, change.told());
        var grounds = new Grants.Grounds(
                reason.code(),
                Objects.requireNonNullElse(reason.message(), Text.same(reason.code())),
                Objects.requireNonNullElse(reason.mend(), new Text("", "")),
                reason.appeal(),
                clock.today(),
                change.told());
        return new Found(
                null,
                new Ending(YearMonth.from(anniversary.get()).plusMonths(1), grounds),
                found.suspension,
                found.with(changed).changed);
    }

    /** Words that the yearly question had found, and that it does not hear now: they count anew. Those of other ends are judged by every run. @param told otherwise than at the decision */
    private static List<String> changed(Scheme scheme, List<EarlierEnds.Word> errors, Map<String, Object> told) {
        return errors.stream()
                .filter(word ->
                        RunMonths.runs(scheme).life().endsWhen().stream().noneMatch(turn -> isOf(word, turn)))
                .filter(word -> !word.isSaid(word.grounds().told().keySet(), told))
                .map(EarlierEnds.Word::key)
                .toList();
    }

    /**
     * A month's rate: the one decided or, where the scheme follows new ones, that of the parameters of this month. Only the parameters are followed, not what has changed of
     * the person, so all conditions are left out; what people decided otherwise than the rules stays as it is.
     */
    Money rate(Case file, String benefit, MonthCount.Entitlement decided, YearMonth month) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        if (!RunMonths.runs(scheme).life().newRate()) return decided.monthly();
        LocalDate then = file.assessedOn(decided.decidedOn());
        Map<String, Object> known = facts.effective(file);
        PolicyPackage own = packages.byHash(file.packageHash());
        if (!decided.monthly().equals(rate(own, scheme, benefit, known, then, null))) return decided.monthly();
        PolicyPackage today = packages.inForce().stream()
                .filter(p -> p.scheme().equals(file.scheme()))
                .findFirst()
                .orElse(own);
        Money rate = rate(today, scheme, benefit, known, then, month.atDay(1));
        return rate == null ? decided.monthly() : rate;
    }

    /** @param by picks the parameters instead of the governing date; null: as it was decided */
    private @Nullable Money rate(
            PolicyPackage policy,
            Scheme scheme,
            String benefit,
            Map<String, Object> known,
            LocalDate applied,
            @Nullable LocalDate by) {
        Map<String, Object> facts = new HashMap<>(known);
        boolean byApplication = scheme.governingDate().equals(Scheme.APPLICATION_DATE);
        if (by != null && !byApplication) facts.put(scheme.governingDate(), by);
        var without = new Adjustments(policy.catalogue().reasons().keySet(), Set.of(), Set.of());
        return assessments
                .assess(policy, by != null && byApplication ? by : applied, facts, without)
                .benefits()
                .stream()
                .filter(b -> b.code().equals(benefit) && b.monthlyFen() != null)
                .map(b -> new Money(Objects.requireNonNull(b.monthlyFen())))
                .findFirst()
                .orElse(null);
    }
}
