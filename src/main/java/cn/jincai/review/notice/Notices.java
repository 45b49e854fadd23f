package cn.jincai.review.notice;

import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.events.Withdrawn;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Deadline;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Public notices 公示: what is to be granted, with the name masked; never an identity number, telephone or account (rulebook 7). */
@Service
@Transactional
public class Notices {
    private final JdbcClient db;
    private final CaseFile cases;
    private final Packages packages;
    private final Vault vault;
    private final JsonColumns json;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Notices(
            JdbcClient db,
            CaseFile cases,
            Packages packages,
            Vault vault,
            JsonColumns json,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.packages = packages;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
        this.events = events;
    }

    /** A benefit as a notice shows it. */
    public record Shown(
            String code,
            Text name,
            @Nullable Integer level,
            @JsonProperty("amountFen") Money amount) {}

    /**
     * @param employer     by its registered name, in which the applicant's own is masked; null where none is named
     * @param documentType code of the kind of document that the person showed; never its number; null for an employer's case
     * @param batch        what was published of one scheme on one day: scheme, slash, day
     * @param to the last day of the notice as told; objections are taken until it is over, which a provisional day may put off (rulebook 7.8)
     */
    public record Notice(
            long id,
            CaseNumber number,
            String name,
            String scheme,
            Text schemeName,
            @Nullable String employer,
            @Nullable String documentType,
            String batch,
            List<Shown> benefits,
            LocalDate from,
            LocalDate to,
            boolean running,
            boolean sample,
            Text howToObject) {}

    /** @param shown what is to be granted */
    public void publish(CaseNumber number, List<Shown> shown, Deadline until) {
        Case file = cases.get(number);
        String rowKey = UUID.randomUUID().toString();
        db.sql(
                        "insert into notices (case_number, row_key, masked_name, sealed_employer, document_type, benefits, from_day, to_day, ends, sample) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        rowKey,
                        file.ofEmployer() ? file.answer("name") : Persons.mask(file.answer("name")),
                        vault.seal(NoticeSeals.EMPLOYER, employer(file), number, rowKey),
                        file.ofEmployer() ? null : said(file, "documentType"),
                        json.write(shown),
                        clock.today(),
                        until.day(),
                        Instants.utc(until.actsAt()),
                        file.sample())
                .update();
        tell(number, "notice-published", until.day());
    }

    /** Who works for himself often has his name in his firm's: it is masked there in the same way. */
    private static @Nullable String employer(Case file) {
        String named = said(file, "employerName"), name = file.answer("name").strip();
        return named == null || file.ofEmployer() || name.codePointCount(0, name.length()) < 2
                ? named
                : named.replace(name, Persons.mask(name));
    }

    /** By which the person is known whose case it is; nothing where an employer applies, whose name stands on the notice. */
    List<String> knownBy(CaseNumber number) {
        Case file = cases.get(number);
        return file.ofEmployer()
                ? List.of()
                : Stream.of("name", "documentNumber", "phone").map(file::answer).toList();
    }

    private static @Nullable String said(Case file, String field) {
        return file.answer(field).isBlank() ? null : file.answer(field);
    }

    /** The year's holidays have come to be known: the notice that runs ends on its real last day. */
    public void recounted(CaseNumber number, Deadline until) {
        db.sql("update notices set to_day = ?, ends = ? where case_number = ? and ended_at is null")
                .params(until.day(), Instants.utc(until.actsAt()), number.value())
                .update();
    }

    public void end(CaseNumber number) {
        db.sql("update notices set ended_at = ? where case_number = ? and ended_at is null")
                .params(clock.timestamp(), number.value())
                .update();
        tell(number, "notice-ended");
    }

    /** What is no longer applied for is no longer shown. */
    @EventListener
    void withdrawn(Withdrawn event) {
        if (isRunning(event.number())) end(event.number());
    }

    /** Any objection to the latest notice was upheld. */
    public boolean upheld(CaseNumber number) {
        return db.sql("""
            select count(*) > 0 from objections o where o.case_number = ? and o.outcome = 'uphold'
            and o.notice_id = (select max(n.id) from notices n where n.case_number = o.case_number)""").param(number.value()).query(Boolean.class).single();
    }

    public boolean hasOpenObjection(CaseNumber number) {
        return db.sql("select count(*) > 0 from objections where case_number = ? and outcome is null")
                .param(number.value())
                .query(Boolean.class)
                .single();
    }

    public boolean isRunning(CaseNumber number) {
        return db.sql("select count(*) > 0 from notices where case_number = ? and ended_at is null")
                .param(number.value())
                .query(Boolean.class)
                .single();
    }

    /** Something granted that no notice of the case has shown, or a better level or a higher sum than any has. */
    public boolean wouldShowMore(CaseNumber number, List<Shown> granted) {
        List<Shown> before = db
                .sql("select benefits from notices where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list()
                .stream()
                .flatMap(b -> read(b).stream())
                .toList();
        return granted.stream()
                .anyMatch(b -> before.stream()
                        .filter(s -> s.code().equals(b.code()))
                        .noneMatch(s -> s.amount().fen() >= b.amount().fen()
                                && (b.level() == null || s.level() != null && s.level() <= b.level())));
    }

    /** Those that run now, newest first. */
    @Transactional(readOnly = true)
    public Page<Notice> running(int page, int size) {
        OffsetDateTime now = clock.timestamp();
        List<Notice> items = db.sql("""
            select n.*, c.scheme, c.package_hash from notices n join cases c on c.case_number = n.case_number where n.ended_at is null and n.ends > ?
            order by n.id desc limit ? offset ?""")
                .params(now, Page.size(size), Page.offset(page, size))
                .query(this::row)
                .list();
        long total = db.sql("select count(*) from notices where ended_at is null and ends > ?")
                .param(now)
                .query(Long.class)
                .single();
        return new Page<>(items, Math.max(0, page), Page.size(size), total);
    }

    /** One that runs; Problem NOT_FOUND once it is over, as for one that never was. */
    @Transactional(readOnly = true)
    public Notice get(long id) {
        return look(id).filter(Notice::running).orElseThrow(Problem::notFound);
    }

    /** The notice on a case to which one may object now. */
    public Optional<Long> runningOf(CaseNumber number) {
        return db.sql(
                        "select id from notices where case_number = ? and ended_at is null and ends > ? order by id desc limit 1")
                .params(number.value(), clock.timestamp())
                .query(Long.class)
                .optional();
    }

    /** Until the transaction ends: objections, answers to them and the notice's end move the same case, one after the other. */
    void hold(long id) {
        db.sql("select id from notices where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
    }

    Optional<Notice> look(long id) {
        return db.sql(
                        "select n.*, c.scheme, c.package_hash from notices n join cases c on c.case_number = n.case_number where n.id = ?")
                .param(id)
                .query(this::row)
                .optional();
    }

    Notice row(ResultSet row, int n) throws SQLException {
        boolean running = row.getObject("ended_at") == null
                && Instants.always(row, "ends").isAfter(clock.instant());
        return new Notice(
                row.getLong("id"),
                new CaseNumber(row.getString("case_number")),
                row.getString("masked_name"),
                row.getString("scheme"),
                schemeName(row.getString("scheme"), row.getString("package_hash")),
                vault.open(
                        NoticeSeals.EMPLOYER,
                        Sealed.in(row, "sealed_employer"),
                        new CaseNumber(row.getString("case_number")),
                        row.getString("row_key")),
                row.getString("document_type"),
                row.getString("scheme") + "/" + row.getObject("from_day", LocalDate.class),
                read(row.getString("benefits")),
                row.getObject("from_day", LocalDate.class),
                row.getObject("to_day", LocalDate.class),
                running,
                row.getBoolean("sample"),
                Text.of("review.howToObject", row.getObject("to_day", LocalDate.class)));
    }

    /** A scheme whose package can't be read goes by its code: the notices of the others are still shown. */
    Text schemeName(String scheme, String hash) {
        return packages.ifWhole(hash).map(p -> p.catalogue().name()).orElseGet(() -> Text.same(scheme));
    }

    private List<Shown> read(String text) {
        return json.read(text, new TypeReference<>() {});
    }

    private void tell(CaseNumber number, String kind, Object... values) {
        events.publishEvent(new CaseEvent(
                number,
                kind,
                "public-notice",
                Text.of("review.event." + kind, values),
                Actor.SYSTEM,
                null,
                Audience.APPLICANT,
                Map.of()));
    }
}
