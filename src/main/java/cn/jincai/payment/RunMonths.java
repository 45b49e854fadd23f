package cn.jincai.payment;

import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Money;
import cn.jincai.payment.ledger.PayKey;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.EarlierGrants;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.registry.Answer;
import cn.jincai.registry.Sources;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ledger of months: which month of whom was looked at by which run, and which counts. One that counts is held; it never counts twice. */
@Component
class RunMonths {
    static final PaymentStop SILENT = PaymentStop.of("payment.stop.months.SOURCE_SILENT");

    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])(-\\d{2})?");

    private final JdbcClient jdbc;
    private final PaymentRows rows;
    private final CaseFile cases;
    private final Packages packages;
    private final Sources sources;
    private final EarlierGrants earlier;
    private final Persons persons;
    private final Payees payees;
    private final GrantLife life;
    private final Grants ended;
    private final EarlierEnds earlierEnds;

    RunMonths(
            JdbcClient jdbc,
            PaymentRows rows,
            CaseFile cases,
            Packages packages,
            Sources sources,
            EarlierGrants earlier,
            Persons persons,
            Payees payees,
            GrantLife life,
            Grants ended,
            EarlierEnds earlierEnds) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.cases = cases;
        this.packages = packages;
        this.sources = sources;
        this.earlier = earlier;
        this.persons = persons;
        this.payees = payees;
        this.life = life;
        this.ended = ended;
        this.earlierEnds = earlierEnds;
    }

    /**
     * What a run found for one person.
     *
     * @param stop why the months can't be told yet, null where they can
     * @param life what has turned
     * @param by   the newest decision, whose case the person is asked about
     */
    record Found(
            List<MonthCount.Counted> months,
            @Nullable PaymentStop stop,
            GrantLife.Found life,
            MonthCount.Entitlement by) {
        Money due() {
            return months.stream().map(MonthCount.Counted::due).reduce(Money.NONE, Money::plus);
        }
    }

    /** The oldest decision first, under whatever document of the person. */
    List<MonthCount.Entitlement> entitlements(String personKey, String benefit) {
        return jdbc.sql(
                        "select * from run_benefits where person_key in (:keys) and benefit = :benefit order by decided_on, case_number")
                .param("keys", persons.documents(personKey))
                .param("benefit", benefit)
                .query((row, n) -> new MonthCount.Entitlement(
                        row.getString("case_number"),
                        row.getObject("decided_on", LocalDate.class),
                        new Money(row.getLong("monthly_fen")),
                        row.getInt("months_limit"),
                        row.getObject("valid_years", Integer.class),
                        row.getObject("pays_after", LocalDate.class),
                        ended.from(row.getString("case_number"), benefit).orElse(null)))
                .list();
    }

    /** Asks the sources and counts; nothing is written. Who and what is asked goes by the person's newest decision. */
    Found count(RunPeriod period, String personKey, String benefit) {
        List<MonthCount.Entitlement> all = entitlements(personKey, benefit);
        MonthCount.Entitlement newest = all.get(all.size() - 1);
        Case file = cases.get(new CaseNumber(newest.caseNumber()));
        Scheme.Run run = runs(packages.byHash(file.packageHash()).catalogue());
        Set<YearMonth> outOfPost = Set.of(), uninsured = Set.of();
        if (run.source() != null) {
            if (!(sources.ask(run.source(), payees.subject(file), Set.of(run.outOfPost(), run.uninsured()))
                    instanceof Answer.Answered a)) return stopped(SILENT, newest);
            outOfPost = months(a.facts().get(run.outOfPost()));
            uninsured = months(a.facts().get(run.uninsured()));
            if (outOfPost == null || uninsured == null) return stopped(SILENT, newest);
        }
        List<YearMonth> months = months(period, run, all, personKey, benefit);
        GrantLife.Found found = newest.endedFrom() != null
                ? GrantLife.Found.NOTHING
                : life.look(months, file, benefit, newest.decidedOn(), earlierEnds.words(personKey, benefit));
        if (found.stop() != null) return stopped(found.stop(), newest);
        Set<YearMonth> held = held(personKey, benefit);
        return new Found(
                MonthCount.of(
                        months,
                        all,
                        held,
                        outOfPost,
                        uninsured,
                        new MonthCount.Gaps(
                                run.maxGapMonths(),
                                month -> RunPeriod.after(period.scheme(), run.months(), run.covers(), month.atDay(1))
                                        .opens()),
                        stillToSetOff(personKey, benefit, run.exceeds()),
                        new MonthCount.Life(
                                found,
                                (by, month) ->
                                        life.rate(cases.get(new CaseNumber(by.caseNumber())), benefit, by, month))),
                null,
                found,
                newest);
    }

    private static Found stopped(PaymentStop why, MonthCount.Entitlement by) {
        return new Found(List.of(), why, GrantLife.Found.NOTHING, by);
    }

    /** Those of the run and, where a grant is paid from its application, those of the runs that opened before it was decided; and those that an end took which was an error. */
    private List<YearMonth> months(
            RunPeriod period, Scheme.Run run, List<MonthCount.Entitlement> all, String personKey, String benefit) {
        Set<YearMonth> months = new TreeSet<>();
        for (MonthCount.Entitlement e : all) {
            boolean first = RunPeriod.after(period.scheme(), run.months(), run.covers(), e.decidedOn())
                    .opens()
                    .equals(period.opens());
            YearMonth month = YearMonth.from(e.paysAfter()).plusMonths(1);
            for (; first && month.isBefore(period.months().get(0)); month = month.plusMonths(1)) months.add(month);
        }
        if (!months.isEmpty()) months.removeAll(looked(personKey, benefit));
        months.addAll(earlierEnds.unpaid(personKey, benefit, period.months().get(0), this::period));
        months.addAll(period.months());
        return List.copyOf(months);
    }

    private Set<YearMonth> looked(String personKey, String benefit) {
        return jdbc
                .sql("select month_first from run_months where person_key in (:keys) and benefit = :benefit")
                .param("keys", persons.documents(personKey))
                .param("benefit", benefit)
                .query(LocalDate.class)
                .list()
                .stream()
                .map(YearMonth::from)
                .collect(Collectors.toSet());
    }

    /** Received under the benefits that the package names, here or before this system, less what runs have set off already. */
    private Money stillToSetOff(String personKey, String benefit, List<String> exceeds) {
        long before = persons.documents(personKey).stream()
                .flatMap(key -> earlier.of(key).stream())
                .filter(g -> exceeds.contains(g.benefit()))
                .mapToLong(EarlierGrant::amountFen)
                .sum();
        long done = jdbc.sql(
                        "select coalesce(sum(set_off_fen), 0) from run_months where person_key in (:keys) and benefit = :benefit and held_key is not null")
                .param("keys", persons.documents(personKey))
                .param("benefit", benefit)
                .query(Long.class)
                .single();
        return new Money(Math.max(0, before + rows.sum(personKey, exceeds) - done));
    }

    /** Months as YYYY-MM, or a day of them; null where the source tells something else, which counts as silence. */
    private static @Nullable Set<YearMonth> months(@Nullable Object told) {
        if (!(told instanceof List<?> list)
                || !list.stream().allMatch(m -> MONTH.matcher(m.toString()).matches())) return null;
        return list.stream()
                .map(m -> YearMonth.parse(m.toString().substring(0, 7)))
                .collect(Collectors.toSet());
    }

    void write(String run, String personKey, String benefit, @Nullable Long payment, Found found) {
        for (var m : found.months()) {
            boolean counts = m.outcome() == MonthOutcome.COUNTED;
            jdbc.sql("""
                    insert into run_months (run_number, case_number, person_key, benefit, month_first, outcome, rate_fen, set_off_fen, payment_id, held_key)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(Arrays.asList(
                            run,
                            m.by().caseNumber(),
                            personKey,
                            benefit,
                            m.month().atDay(1),
                            m.outcome().code(),
                            m.rate().fen(),
                            m.setOff().fen(),
                            payment,
                            counts ? PayKey.of(personKey, benefit, List.of(m.month())) : null))
                    .update();
        }
        earlierEnds.sourceChanged(found.life().changed());
        GrantLife.Ending ending = found.life().ending();
        for (MonthCount.Entitlement e : entitlements(personKey, benefit)) {
            if (ending != null && e.endedFrom() == null) ended.end(run, e.caseNumber(), benefit, ending);
            ended.settle(e.caseNumber(), benefit);
        }
    }

    /** The months that count, given out or about to be. */
    Set<YearMonth> held(String personKey, String benefit) {
        return new TreeSet<>(jdbc
                .sql(
                        "select month_first from run_months where person_key in (:keys) and benefit = :benefit and held_key is not null")
                .param("keys", persons.documents(personKey))
                .param("benefit", benefit)
                .query(LocalDate.class)
                .list()
                .stream()
                .map(YearMonth::from)
                .toList());
    }

    boolean looked(String run, String personKey, String benefit) {
        return jdbc.sql(
                        "select (select count(*) from run_months where run_number = :run and person_key in (:keys) and benefit = :benefit) + (select count(*) from payments where run_number = :run and person_key in (:keys) and benefit = :benefit) > 0")
                .param("run", run)
                .param("keys", persons.documents(personKey))
                .param("benefit", benefit)
                .query(Boolean.class)
                .single();
    }

    /** A payment whose months could not be told at the opening is counted when it is submitted; others stay as they are. @return what stops it still */
    Optional<PaymentStop> countAgain(Payment p) {
        String run = p.run();
        if (run == null || p.stop() == null || p.amount().fen() > 0 || anyOf(p.id())) return Optional.empty();
        Found found = count(period(run), p.personKey(), p.benefit());
        if (found.stop() != null) return Optional.of(found.stop());
        write(run, p.personKey(), p.benefit(), p.id(), found);
        rows.change(p.id(), counted -> counted.amounting(found.due()));
        return Optional.empty();
    }

    /** Of a scheme that pays by runs. */
    static Scheme.Run runs(Scheme scheme) {
        return Objects.requireNonNull(scheme.run(), scheme.name()::zh);
    }

    RunPeriod period(String run) {
        return jdbc.sql("select scheme, package_hash, opens_on from pay_runs where run_number = ?")
                .param(run)
                .query((row, n) -> RunPeriod.at(
                        row.getString("scheme"),
                        runs(packages.byHash(row.getString("package_hash")).catalogue())
                                .covers(),
                        YearMonth.from(row.getObject("opens_on", LocalDate.class))))
                .single();
    }

    private boolean anyOf(long payment) {
        return jdbc.sql("select count(*) > 0 from run_months where payment_id = ?")
                .param(payment)
                .query(Boolean.class)
                .single();
    }

    /** Given up: its months neither are paid nor count. */
    void free(long payment) {
        jdbc.sql("update run_months set held_key = null where payment_id = ?")
                .param(payment)
                .update();
    }

    List<RunMonth> of(String run) {
        return jdbc.sql("select * from run_months where run_number = ? order by case_number, month_first")
                .param(run)
                .query((row, n) -> new RunMonth(
                        new CaseNumber(row.getString("case_number")),
                        YearMonth.from(row.getObject("month_first", LocalDate.class)),
                        MonthOutcome.of(row.getString("outcome")),
                        new Money(row.getLong("rate_fen")),
                        new Money(row.getLong("set_off_fen")),
                        row.getObject("payment_id", Long.class)))
                .list();
    }
}
