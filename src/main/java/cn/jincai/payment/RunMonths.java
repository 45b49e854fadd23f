package cn.jincai.payment;

import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Money;
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

    RunMonths(
            JdbcClient jdbc,
            PaymentRows rows,
            CaseFile cases,
            Packages packages,
            Sources sources,
            EarlierGrants earlier,
            Persons persons,
            Payees payees) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.cases = cases;
        this.packages = packages;
        this.sources = sources;
        this.earlier = earlier;
        this.persons = persons;
        this.payees = payees;
    }

    /** What a run found for one person; {@code silent} where the source gave no answer. */
    record Found(List<MonthCount.Counted> months, boolean silent) {
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
                        row.getObject("valid_years", Integer.class)))
                .list();
    }

    /** Asks the source and counts; nothing is written. Who and what is asked goes by the person's newest decision. */
    Found count(HalfYear half, String personKey, String benefit) {
        List<MonthCount.Entitlement> all = entitlements(personKey, benefit);
        Case file = cases.get(new CaseNumber(all.get(all.size() - 1).caseNumber()));
        Scheme.Run run = runs(packages.byHash(file.packageHash()).catalogue());
        Set<YearMonth> outOfPost = Set.of(), uninsured = Set.of();
        if (run.source() != null) {
            if (!(sources.ask(run.source(), payees.subject(file), Set.of(run.outOfPost(), run.uninsured()))
                    instanceof Answer.Answered a)) return new Found(List.of(), true);
            outOfPost = months(a.facts().get(run.outOfPost()));
            uninsured = months(a.facts().get(run.uninsured()));
            if (outOfPost == null || uninsured == null) return new Found(List.of(), true);
        }
        return new Found(
                MonthCount.of(
                        half.months(),
                        all,
                        held(personKey, benefit),
                        outOfPost,
                        uninsured,
                        run.maxGapMonths(),
                        stillToSetOff(personKey, benefit, run.exceeds())),
                false);
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

    void write(String run, String personKey, String benefit, @Nullable Long payment, List<MonthCount.Counted> months) {
        for (var m : months) {
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

    /** A payment whose source was silent at the opening is counted when it is submitted; others stay as they are. False where the source is silent still. */
    boolean countAgain(Payment p) {
        String run = p.run();
        PaymentStop stop = p.stop();
        if (run == null || stop == null || !stop.code().equals(SILENT.code()) || anyOf(p.id())) return true;
        Found found = count(half(run), p.personKey(), p.benefit());
        if (found.silent()) return false;
        write(run, p.personKey(), p.benefit(), p.id(), found.months());
        rows.change(p.id(), counted -> counted.amounting(found.due()));
        return true;
    }

    /** Of a scheme that pays by runs. */
    static Scheme.Run runs(Scheme scheme) {
        return Objects.requireNonNull(scheme.run(), scheme.name()::zh);
    }

    HalfYear half(String run) {
        return jdbc.sql("select scheme, package_hash, opens_on from pay_runs where run_number = ?")
                .param(run)
                .query((row, n) -> HalfYear.at(
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
