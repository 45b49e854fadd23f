package cn.jincai.rights;

import cn.jincai.applicant.Persons;
import cn.jincai.filing.KeptCases;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.filing.searches.SavedSearches;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Status;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.payment.Payments;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Erases each day what has been kept for its time, and says beforehand what that is. Each thing in a transaction of its own: one that fails is told, and the others go. */
@Service
@EnableConfigurationProperties(Retention.class)
public class Erasure {
    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
    private static final int SOON_DAYS = 30, RUNS_SHOWN = 30;

    private final Retention retention;
    private final boolean byIllustrative;
    private final KeptCases cases;
    private final Persons persons;
    private final Payments payments;
    private final Inbox inbox;
    private final SavedSearches searches;
    private final JdbcClient db;
    private final JsonColumns json;
    private final CityClock clock;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    Erasure(
            Retention retention,
            @Value("${jincai.erase-by-illustrative}") boolean byIllustrative,
            KeptCases cases,
            Persons persons,
            Payments payments,
            Inbox inbox,
            SavedSearches searches,
            JdbcClient db,
            JsonColumns json,
            CityClock clock,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.retention = retention;
        this.byIllustrative = byIllustrative;
        this.cases = cases;
        this.persons = persons;
        this.payments = payments;
        this.inbox = inbox;
        this.searches = searches;
        this.db = db;
        this.json = json;
        this.clock = clock;
        this.transaction = transaction;
        this.events = events;
    }

    /** @param due what the next run erases; {@code soon} what it will be within a month from now, that included */
    public record Foreseen(String kind, Retention.Rule rule, long due, long soon) {}

    /** @param erased how many of which kind */
    public record Run(LocalDate day, Map<String, Integer> erased) {}

    /** What is due and what soon will be, by kind, for whoever answers for it. */
    @Transactional(readOnly = true)
    public List<Foreseen> foreseen() {
        LocalDate today = clock.today();
        return retention.retention().entrySet().stream()
                .map(e -> new Foreseen(
                        e.getKey(),
                        e.getValue(),
                        count(e.getKey(), today),
                        count(e.getKey(), today.plusDays(SOON_DAYS))))
                .toList();
    }

    private long count(String kind, LocalDate day) {
        if (kind.equals("messages")) return inbox.before(retention.of(kind).due(day));
        Kind known = kinds().get(kind);
        return known == null ? 0 : known.due().apply(day).size();
    }

    public List<Run> runs() {
        return db.sql("select run_day, erased from erasure_runs order by run_day desc limit ?")
                .param(RUNS_SHOWN)
                .query((row, n) -> new Run(
                        row.getObject(1, LocalDate.class), json.read(row.getString(2), new TypeReference<>() {})))
                .list();
    }

    /** @param due by the number or key of each */
    private record Kind(Function<LocalDate, List<String>> due, Consumer<String> erase) {}

    /** Persons after cases: whether they are still needed is seen once their cases are gone. */
    private Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put(
                "drafts",
                new Kind(
                        day -> numbers(cases.draftsBegunBefore(due("drafts", day))),
                        number -> cases.discard(new CaseNumber(number))));
        kinds.put(
                "cases-without-grant",
                new Kind(
                        day -> numbers(cases.closedBefore(due("cases-without-grant", day), false)),
                        number -> cases.erase(new CaseNumber(number))));
        kinds.put(
                "cases-with-grant",
                new Kind(
                        day -> numbers(cases.closedBefore(due("cases-with-grant", day), true).stream()
                                .filter(this::isPaidOut)
                                .toList()),
                        number -> cases.erase(new CaseNumber(number))));
        kinds.put(
                "persons",
                new Kind(
                        day -> persons.withoutAccount(due("persons", day)).stream()
                                .filter(key -> !cases.isAnyKept(key))
                                .toList(),
                        persons::erase));
        kinds.put("saved-searches", new Kind(day -> searches.savedBefore(due("saved-searches", day)), searches::erase));
        return kinds;
    }

    private Instant due(String kind, LocalDate day) {
        return retention.of(kind).due(day);
    }

    private static List<String> numbers(List<CaseNumber> cases) {
        return cases.stream().map(CaseNumber::value).toList();
    }

    private boolean isPaidOut(CaseNumber number) {
        return payments.of(number).stream()
                .allMatch(p -> p.status() == PaymentStatus.PAID || p.status() == PaymentStatus.GIVEN_UP);
    }

    /** Once a day, whoever asks. @return whether it was this call */
    public boolean daily() {
        LocalDate today = clock.today();
        if (isDone(today) || !isMine(today)) return false;
        Map<String, Integer> erased = new TreeMap<>();
        kinds().forEach((name, kind) -> {
            if (isNamed(name)) erased.put(name, erase(kind, today));
        });
        if (isNamed("messages")) erased.put("messages", inbox.eraseBefore(due("messages", today)));
        transaction.executeWithoutResult(step -> written(today, erased));
        return true;
    }

    /** Nothing is destroyed by a period that nobody has decided on. */
    private boolean isNamed(String kind) {
        return byIllustrative || retention.of(kind).status() != Status.ILLUSTRATIVE;
    }

    private int erase(Kind kind, LocalDate today) {
        int erased = 0;
        for (String one : kind.due().apply(today))
            try {
                transaction.executeWithoutResult(step -> kind.erase().accept(one));
                erased++;
            } catch (RuntimeException failed) {
                LOG.warn("{} could not be erased: {}", one, failed.getClass().getName());
            }
        return erased;
    }

    private void written(LocalDate today, Map<String, Integer> erased) {
        db.sql("update erasure_runs set erased = ? where run_day = ?")
                .params(json.write(erased), today)
                .update();
        Map<String, String> told = new TreeMap<>();
        erased.forEach((kind, count) -> told.put(kind, count.toString()));
        events.publishEvent(CaseEvent.forAuditors("rights.event.erased", Actor.SYSTEM, null, told));
    }

    private boolean isDone(LocalDate day) {
        return db.sql("select count(*) > 0 from erasure_runs where run_day >= ?")
                .param(day)
                .query(Boolean.class)
                .single();
    }

    private boolean isMine(LocalDate day) {
        try {
            db.sql("insert into erasure_runs (run_day, at, erased) values (?, ?, '{}')")
                    .params(day, Instants.utc(clock.instant()))
                    .update();
            return true;
        } catch (DuplicateKeyException another) {
            return false;
        }
    }
}
