package cn.jincai.payment;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.review.Decided;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Half-yearly runs 半年兑付 (rulebook 4, 7.12): each opens on the first of its month and orders what the months before it have earned. */
@Service
public class Runs implements DueWork {
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final Packages packages;
    private final CaseFile cases;
    private final PaymentRows rows;
    private final RunMonths months;
    private final Orders orders;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    Runs(JdbcClient jdbc, CityClock clock, Packages packages, CaseFile cases, PaymentRows rows, RunMonths months, Orders orders, TransactionOperations transaction, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.packages = packages;
        this.cases = cases;
        this.rows = rows;
        this.months = months;
        this.orders = orders;
        this.transaction = transaction;
        this.events = events;
    }

    /** A run and what it pays, in fen. */
    public record Run(String number, String scheme, LocalDate opensOn, Instant openedAt, List<PaymentView> payments, List<RunMonth> months) {
        public long sumFen() {
            return payments.stream().mapToLong(PaymentView::amountFen).sum();
        }
    }

    /** Writes down a decision that runs will pay from the month after it. */
    void enrol(Case file, Scheme scheme, Decided benefit, LocalDate decidedOn) {
        if (jdbc.sql("select count(*) from run_benefit where case_number = ? and benefit = ?").params(file.number().value(), benefit.code()).query(Long.class).single() > 0) return;
        jdbc.sql("insert into run_benefit (case_number, benefit, scheme, package_hash, person_key, decided_on, monthly_fen, months_limit, valid_years) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .params(Arrays.asList(file.number().value(), benefit.code(), file.scheme(), file.packageHash(), file.personKey(), decidedOn, benefit.monthlyFen(),
                benefit.months() + months.held(file.personKey(), benefit.code()).size(), scheme.validYears(benefit.code()))).update();
    }

    /** When the next run opens; empty while no decision waits for one. */
    @Override
    public Optional<Instant> next() {
        Instant now = clock.instant();
        return upcoming().stream().map(h -> h.day().atStartOfDay(CityClock.ZONE).toInstant()).min(Comparator.naturalOrder()).map(at -> at.isBefore(now) ? now : at);
    }

    /** Opens every run whose day has come, oldest first. */
    @Override
    public void run() {
        for (List<HalfYear> due = due(); !due.isEmpty(); due = due()) due.forEach(this::open);
    }

    private List<HalfYear> due() {
        return upcoming().stream().filter(h -> !h.day().isAfter(clock.today())).sorted(Comparator.comparing(HalfYear::day)).toList();
    }

    /** Of each scheme with decisions to pay by run: the one after its last, or the first after its first decision. */
    private List<HalfYear> upcoming() {
        List<HalfYear> runs = new ArrayList<>();
        for (PolicyPackage p : packages.inForce()) {
            Scheme.Run run = p.catalogue().run();
            if (run == null) continue;
            last(p.scheme()).or(() -> firstDecision(p.scheme())).ifPresent(day -> runs.add(HalfYear.after(p.scheme(), run.months(), run.covers(), day)));
        }
        return runs;
    }

    private Optional<LocalDate> last(String scheme) {
        return jdbc.sql("select max(opens_on) from pay_run where scheme = ? and opened_at is not null").param(scheme).query(LocalDate.class).optional();
    }

    private Optional<LocalDate> firstDecision(String scheme) {
        return jdbc.sql("select min(decided_on) from run_benefit where scheme = ?").param(scheme).query(LocalDate.class).optional();
    }

    /** Person by person, so that one who can't be counted stops nobody; begun again after a crash it goes on where it stood. */
    private void open(HalfYear half) {
        String packageHash = packages.inForce(half.scheme()).hash();
        transaction.executeWithoutResult(t -> begin(half, packageHash));
        for (Who who : jdbc.sql("select distinct person_key, benefit from run_benefit where scheme = ? and decided_on < ? order by person_key, benefit").params(half.scheme(), half.day())
                .query((row, n) -> new Who(row.getString("person_key"), row.getString("benefit"))).list())
            transaction.executeWithoutResult(t -> order(half, who.personKey(), who.benefit()));
        transaction.executeWithoutResult(t -> opened(half, packageHash));
    }

    private record Who(String personKey, String benefit) {}

    private void oneAtATime() {
        jdbc.sql("select turn from run_turn for update").query(Integer.class).single();
    }

    private void begin(HalfYear half, String packageHash) {
        oneAtATime();
        if (jdbc.sql("select count(*) from pay_run where number = ?").param(half.number()).query(Long.class).single() > 0) return;
        jdbc.sql("insert into pay_run (number, scheme, package_hash, opens_on) values (?, ?, ?, ?)").params(half.number(), half.scheme(), packageHash, half.day()).update();
    }

    private void opened(HalfYear half, String packageHash) {
        oneAtATime();
        if (jdbc.sql("select count(*) from pay_run where number = ? and opened_at is not null").param(half.number()).query(Long.class).single() > 0) return;
        jdbc.sql("update pay_run set opened_at = ? where number = ?").params(clock.instant().atOffset(ZoneOffset.UTC), half.number()).update();
        List<Payment> payments = rows.ofRun(half.number());
        events.publishEvent(new CaseEvent(null, "run-opened", null, new Text("半年兑付 " + half.number() + " 开始，共" + payments.size() + "笔。",
            "The half-yearly run " + half.number() + " opens with " + payments.size() + " payments."), Actor.SYSTEM, null, Audience.AUDITORS, Map.of("run", half.number())));
        if (!payments.isEmpty()) events.publishEvent(new RunOpened(half.number(), packageHash));
    }

    private void order(HalfYear half, String person, String benefit) {
        oneAtATime();   // another node may open the same run
        if (months.looked(half.number(), person, benefit)) return;
        RunMonths.Found found = months.count(half, person, benefit);
        var entitlements = months.entitlements(person, benefit);
        Case file = cases.get(new CaseNumber(entitlements.get(entitlements.size() - 1).caseNumber()));
        Long payment = null;
        if (found.silent() || found.dueFen() > 0) {
            Scheme.Benefit kind = packages.byHash(file.packageHash()).catalogue().benefit(benefit);
            payment = orders.place(new Due(file.number(), half.number(), file.scheme(), file.packageHash(), file.applicant(), person, benefit, null, kind.fund(), found.dueFen(),
                PayKey.of(person, benefit, List.of(half.number()))));
            if (found.silent()) orders.park(payment, RunMonths.SILENT);
        }
        months.write(half.number(), person, benefit, payment, found.months());
        if (!found.months().isEmpty()) tell(half, file, found);
    }

    private void tell(HalfYear half, Case file, RunMonths.Found found) {
        long counted = found.months().stream().filter(m -> m.outcome() == MonthOutcome.COUNTED).count();
        String yuan = new Money(found.dueFen()).yuan();
        List<MonthCount.Counted> not = found.months().stream().filter(m -> m.outcome() != MonthOutcome.COUNTED).toList();
        String zh = String.join("、", not.stream().map(m -> m.month() + m.outcome().text().zh()).toList());
        String en = String.join(", ", not.stream().map(m -> m.month() + " (" + m.outcome().text().en() + ")").toList());
        events.publishEvent(new CaseEvent(file.number(), "run-counted", "closed", new Text("半年核定：计" + counted + "个月，应发" + yuan + "元" + (not.isEmpty() ? "。" : "；不计发：" + zh + "。"),
            "Half-year: " + counted + " months count, " + yuan + " yuan are due" + (not.isEmpty() ? "." : "; not paid: " + en + ".")),
            Actor.SYSTEM, null, Audience.APPLICANT, Map.of("run", half.number(), "amountFen", Long.toString(found.dueFen()))));
    }

    /** Every payment of the run is paid or given up. */
    public void close(String number) {
        find(number);
        events.publishEvent(new CaseEvent(null, "run-closed", null, new Text("半年兑付 " + number + " 办结。", "The half-yearly run " + number + " is closed."), Actor.SYSTEM, null, Audience.AUDITORS,
            Map.of("run", number)));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<Run> list() {
        return jdbc.sql("select number from pay_run where opened_at is not null order by opens_on desc, number").query(String.class).list().stream().map(this::find).toList();
    }

    /** @throws Problem NOT_FOUND */
    @Transactional(readOnly = true)
    public Run find(String number) {
        return jdbc.sql("select * from pay_run where number = ?").param(number)
            .query((row, n) -> new Run(number, row.getString("scheme"), row.getObject("opens_on", LocalDate.class),
                row.getObject("opened_at") == null ? null : row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                rows.ofRun(number).stream().map(PaymentView::of).toList(), months.of(number))).optional().orElseThrow(Problem::notFound);
    }

    /** The payments of a run, in order. */
    public List<Long> payments(String run) {
        return rows.ofRun(run).stream().map(Payment::id).toList();
    }
}
