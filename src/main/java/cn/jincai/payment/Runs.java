package cn.jincai.payment;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.payment.ledger.PayKey;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.payment.ledger.PaymentDue;
import cn.jincai.payment.ledger.PaymentRows;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Runs 分批发放, such as the half-yearly ones of the talents (rulebook 4, 7.12): each opens on the first of its month and orders what the months before it have earned. */
@Service
public class Runs implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final Duration TRIED_AGAIN = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final CityClock clock;
    private final Packages packages;
    private final CaseFile cases;
    private final PaymentRows rows;
    private final RunMonths months;
    private final PaidByRuns paid;
    private final PaymentOrders orders;
    private final UnopenedRuns unopened;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    Runs(
            JdbcClient jdbc,
            CityClock clock,
            Packages packages,
            CaseFile cases,
            PaymentRows rows,
            RunMonths months,
            PaidByRuns paid,
            PaymentOrders orders,
            UnopenedRuns unopened,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.packages = packages;
        this.cases = cases;
        this.rows = rows;
        this.months = months;
        this.paid = paid;
        this.orders = orders;
        this.unopened = unopened;
        this.transaction = transaction;
        this.events = events;
    }

    /** A run and what it pays, in fen. */
    public record Run(
            String number,
            String scheme,
            LocalDate opensOn,
            @Nullable Instant openedAt,
            List<PaymentView> payments,
            List<RunMonth> months) {
        public long sumFen() {
            return payments.stream().mapToLong(PaymentView::amountFen).sum();
        }
    }

    /** When the next run opens, or one that could not be opened is tried again; empty while no decision waits for one. */
    @Override
    public Optional<Instant> next() {
        Map<String, UnopenedRuns.Unopened> tried = unopened.byScheme();
        return paying().flatMap(p -> next(p, tried.get(p.scheme())).stream()).min(Comparator.naturalOrder());
    }

    private Optional<Instant> next(PolicyPackage p, UnopenedRuns.@Nullable Unopened tried) {
        Instant again = tried == null ? Instant.EPOCH : tried.at().plus(TRIED_AGAIN);
        try {
            return upcoming(p)
                    .map(h -> h.day().atStartOfDay(CityClock.ZONE).toInstant())
                    .map(at -> at.isBefore(again) ? again : at);
        } catch (RuntimeException unknown) {
            return Optional.of(again);
        }
    }

    /** Opens every run whose day has come, each scheme's oldest first. One that fails is told and tried again a day later; the other schemes go on. */
    @Override
    public void run() {
        Map<String, UnopenedRuns.Unopened> tried = unopened.byScheme();
        paying().filter(p -> next(p, tried.get(p.scheme()))
                        .filter(at -> !at.isAfter(clock.instant()))
                        .isPresent())
                .toList()
                .forEach(this::openDue);
    }

    private void openDue(PolicyPackage p) {
        @Nullable String run = null;
        try {
            for (Optional<RunPeriod> due = due(p); due.isPresent(); due = due(p)) {
                run = due.get().number();
                open(due.get(), p.hash());
            }
            unopened.forget(p.scheme());
        } catch (RuntimeException failed) {
            LOG.error(
                    "The run {} of scheme {} could not be opened: {}",
                    run,
                    p.scheme(),
                    failed.getClass().getName());
            unopened.keep(p.scheme(), run, failed);
        }
    }

    private Stream<PolicyPackage> paying() {
        return packages.inForce().stream().filter(p -> p.catalogue().run() != null);
    }

    private Optional<RunPeriod> due(PolicyPackage p) {
        return upcoming(p).filter(h -> !h.day().isAfter(clock.today()));
    }

    /** Where the scheme has decisions to pay by run: the one after its last, or the first after its first decision. */
    private Optional<RunPeriod> upcoming(PolicyPackage p) {
        Scheme.Run run = RunMonths.runs(p.catalogue());
        return last(p.scheme())
                .or(() -> paid.firstDecision(p.scheme()))
                .map(day -> RunPeriod.after(p.scheme(), run.months(), run.covers(), day));
    }

    private Optional<LocalDate> last(String scheme) {
        return jdbc.sql("select max(opens_on) from pay_runs where scheme = ? and opened_at is not null")
                .param(scheme)
                .query(LocalDate.class)
                .optional();
    }

    /** Person by person: all who can be counted are, and it opens once everybody is; begun again after a crash it goes on where it stood. */
    private void open(RunPeriod period, String packageHash) {
        RuntimeException failed = null;
        transaction.executeWithoutResult(t -> begin(period, packageHash));
        for (PaidByRuns.Entitled who : paid.entitled(period))
            try {
                transaction.executeWithoutResult(t -> order(period, who.personKey(), who.benefit()));
            } catch (RuntimeException uncounted) {
                failed = failed == null ? uncounted : failed;
            }
        if (failed != null) throw failed;
        transaction.executeWithoutResult(t -> opened(period, packageHash));
    }

    private void begin(RunPeriod period, String packageHash) {
        Lock.RUNS.hold(jdbc);
        if (jdbc.sql("select count(*) > 0 from pay_runs where run_number = ?")
                .param(period.number())
                .query(Boolean.class)
                .single()) return;
        jdbc.sql("insert into pay_runs (run_number, scheme, package_hash, opens_on) values (?, ?, ?, ?)")
                .params(period.number(), period.scheme(), packageHash, period.day())
                .update();
    }

    private void opened(RunPeriod period, String packageHash) {
        Lock.RUNS.hold(jdbc);
        if (jdbc.sql("select count(*) > 0 from pay_runs where run_number = ? and opened_at is not null")
                .param(period.number())
                .query(Boolean.class)
                .single()) return;
        jdbc.sql("update pay_runs set opened_at = ? where run_number = ?")
                .params(clock.timestamp(), period.number())
                .update();
        List<Payment> payments = rows.ofRun(period.number());
        events.publishEvent(CaseEvent.forAuditors(
                "payment.event.run-opened",
                Actor.SYSTEM,
                null,
                Map.of("run", period.number()),
                period.number(),
                payments.size(),
                name(packages.byHash(packageHash))));
        if (!payments.isEmpty()) events.publishEvent(new RunOpened(period.number(), packageHash));
    }

    private void order(RunPeriod period, String person, String benefit) {
        Lock.RUNS.hold(jdbc); // another node may open the same run
        if (months.looked(period.number(), person, benefit)) return;
        RunMonths.Found found = months.count(period, person, benefit);
        Case file = cases.get(new CaseNumber(found.by().caseNumber()));
        @Nullable Long payment = null;
        if (found.stop() != null || found.due().fen() > 0) {
            Scheme.Benefit kind =
                    packages.byHash(file.packageHash()).catalogue().benefit(benefit);
            payment = orders.place(new PaymentDue(
                    file.number(),
                    period.number(),
                    file.scheme(),
                    file.packageHash(),
                    file.applicant(),
                    person,
                    benefit,
                    null,
                    kind.fund(),
                    found.due(),
                    PayKey.of(person, benefit, List.of(period.number()))));
            if (found.stop() != null) orders.park(payment, found.stop());
        }
        months.write(period.number(), person, benefit, payment, found);
        if (!found.months().isEmpty()) tell(period, file, found);
    }

    private void tell(RunPeriod period, Case file, RunMonths.Found found) {
        long counted = found.months().stream()
                .filter(m -> m.outcome() == MonthOutcome.COUNTED)
                .count();
        String yuan = found.due().yuan();
        List<MonthCount.Counted> not = found.months().stream()
                .filter(m -> m.outcome() != MonthOutcome.COUNTED)
                .toList();
        Text except = Text.joined(
                "payment.run.and",
                not.stream()
                        .map(m -> Text.of(
                                "payment.run.month", m.month(), m.outcome().text()))
                        .toList());
        Text name = name(packages.byHash(file.packageHash()));
        Map<String, String> details = Map.of(
                "run", period.number(), "amountFen", Long.toString(found.due().fen()));
        String key = not.isEmpty() ? "payment.run.counted" : "payment.run.counted.except";
        tell(file, "run-counted", Text.of(key, counted, yuan, except, name), details);
        GrantLife.Suspension suspension = found.life().suspension();
        if (suspension != null && not.stream().anyMatch(m -> m.outcome() == MonthOutcome.SUSPENDED))
            tell(file, "grant-suspended", Text.of("payment.grant.suspended", name, suspension.why()), details);
    }

    private void tell(Case file, String kind, Text what, Map<String, String> details) {
        events.publishEvent(
                new CaseEvent(file.number(), kind, "closed", what, Actor.SYSTEM, null, Audience.APPLICANT, details));
    }

    /** Every payment of the run is paid or given up. */
    public void close(String number) {
        find(number);
        events.publishEvent(CaseEvent.forAuditors(
                "payment.event.run-closed",
                Actor.SYSTEM,
                null,
                Map.of("run", number),
                number,
                named(number).orElseGet(() -> Text.of("payment.run.name"))));
    }

    /** What its scheme calls this run, without its month; empty where it gives runs no name. */
    @Transactional(readOnly = true)
    public Optional<Text> named(String number) {
        return jdbc.sql("select package_hash from pay_runs where run_number = ?")
                .param(number)
                .query(String.class)
                .optional()
                .flatMap(packages::ifWhole)
                .map(p -> RunMonths.runs(p.catalogue()).name());
    }

    private static Text name(PolicyPackage policy) {
        return Objects.requireNonNullElseGet(
                RunMonths.runs(policy.catalogue()).name(), () -> Text.of("payment.run.name"));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<Run> list() {
        return jdbc
                .sql("select run_number from pay_runs where opened_at is not null order by opens_on desc, run_number")
                .query(String.class)
                .list()
                .stream()
                .map(this::find)
                .toList();
    }

    /** @throws Problem NOT_FOUND */
    @Transactional(readOnly = true)
    public Run find(String number) {
        return jdbc.sql("select * from pay_runs where run_number = ?")
                .param(number)
                .query((row, n) -> new Run(
                        number,
                        row.getString("scheme"),
                        row.getObject("opens_on", LocalDate.class),
                        Instants.in(row, "opened_at"),
                        rows.ofRun(number).stream().map(PaymentView::of).toList(),
                        months.of(number)))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** The payments of a run, in order. */
    public List<Long> payments(String run) {
        return rows.ofRun(run).stream().map(Payment::id).toList();
    }
}
