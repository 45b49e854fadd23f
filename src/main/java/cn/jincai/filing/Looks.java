package cn.jincai.filing;

import cn.jincai.filing.sight.FileSettings;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.filing.sight.Shown;
import cn.jincai.filing.sight.Sights;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.forms.FieldClass;
import cn.jincai.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has looked at a case's file, and who has opened what is masked in it. The person reads it (个人信息保护法 44); what was looked at under audit or
 * discipline only when an auditor has released it, since whoever is looked into would be warned by it.
 */
@Service
@Transactional
public class Looks {
    private static final int LONGEST = 5000;
    private static final String WITHHELD = "withheld and released_at is null";

    private final JdbcClient db;
    private final CaseTable cases;
    private final CaseFile files;
    private final Access access;
    private final Sights sights;
    private final FileSettings settings;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Looks(
            JdbcClient db,
            CaseTable cases,
            CaseFile files,
            Access access,
            Sights sights,
            FileSettings settings,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.files = files;
        this.access = access;
        this.sights = sights;
        this.settings = settings;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    @EventListener(condition = "#event.kind() == 'looked-at' and #event.number() != null")
    void looked(CaseEvent event) {
        CaseNumber number = Objects.requireNonNull(event.number());
        boolean audit = event.as() == Role.AUDITOR || isLookingInto(event.by(), number);
        add(number, event.by(), event.as(), null, null, null, audit, false);
    }

    /** Somebody looked for the person, by name or document, and was shown that this case is his. */
    public void found(Actor who, CaseNumber number, Purpose purpose) {
        Access.Reading reading = access.reading(who, cases.get(number));
        if (reading.reader() == Timeline.Reader.APPLICANT) return;
        Role as = reading.as().stream().findFirst().orElse(null);
        boolean audit = as == Role.AUDITOR || purpose.isWithheld() || isLookingInto(who, number);
        add(number, who, as, null, purpose, null, audit, true);
        if (purpose.isWithheld()) withholdLooks(number, who);
    }

    /** Whoever has opened something under audit or discipline, or looked for the person, goes on doing so until it is released. */
    private boolean isLookingInto(Actor who, CaseNumber number) {
        return db.sql(
                        "select count(*) > 0 from case_looks where case_number = ? and account = ? and purpose is not null and "
                                + WITHHELD)
                .params(number.value(), who.account())
                .query(Boolean.class)
                .single();
    }

    private void add(
            CaseNumber number,
            Actor who,
            @Nullable Role as,
            @Nullable FieldClass opened,
            @Nullable Purpose purpose,
            @Nullable String words,
            boolean withheld,
            boolean searched) {
        String rowKey = UUID.randomUUID().toString();
        db.sql(
                        "insert into case_looks (case_number, row_key, at, account, role, opened, purpose, sealed_words, withheld, searched) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(1, number.value())
                .param(2, rowKey)
                .param(3, clock.timestamp())
                .param(4, who.account())
                .param(5, as == null ? null : as.code())
                .param(6, opened == null ? null : opened.code())
                .param(7, purpose == null ? null : purpose.code())
                .param(8, vault.seal(CaseSeals.LOOK_WORDS, words, number, rowKey))
                .param(9, withheld)
                .param(10, searched)
                .update();
    }

    /**
     * Opens a class of fields that is masked for the reader; it is recorded and counted.
     *
     * @param fields  a class's code
     * @param purpose a {@link Purpose}'s code
     * @param words   needed where the purpose is another than those on the list
     * @return the values by the fields' keys
     * @throws Problem NOT_FOUND for whom the case does not concern; FORBIDDEN for what his step does not need at all; INVALID without a purpose
     */
    public Map<String, String> open(
            Actor who, CaseNumber number, @Nullable String fields, @Nullable String purpose, @Nullable String words) {
        Case file = cases.get(number);
        Access.Reading reading = access.reading(who, file);
        FieldClass opened = FieldClass.find(String.valueOf(fields))
                .orElseThrow(() -> Problem.invalid("fields", "filing.open.UNKNOWN_FIELDS"));
        if (files.shown(who, number).getOrDefault(opened, Shown.CLOSED) == Shown.CLOSED)
            throw Problem.forbidden("filing.open.NOT_YOURS", opened.text());
        Purpose told = Purpose.of(String.valueOf(purpose));
        String said = words == null || words.isBlank() ? null : words.strip();
        if (told == Purpose.OTHER && said == null) throw Problem.invalid("words", "filing.open.WORDS_REQUIRED");
        if (said != null && said.length() > LONGEST) throw Problem.invalid("words", "filing.hearing.TOO_LONG");
        Role as = reading.as().stream().findFirst().orElse(null);
        if (as == null) return sights.values(file, opened); // his own
        add(number, who, as, opened, told, said, told.isWithheld() || as == Role.AUDITOR, false);
        if (told.isWithheld()) withholdLooks(number, who);
        events.publishEvent(file.event(
                "fields-opened",
                who,
                as,
                Audience.AUDITORS,
                Map.of("fields", opened.code(), "purpose", told.code()),
                opened.text(),
                told.text()));
        return sights.values(file, opened);
    }

    /** His looks of the last day led to it. */
    private void withholdLooks(CaseNumber number, Actor who) {
        db.sql(
                        "update case_looks set withheld = true where case_number = ? and account = ? and released_at is null and at > ?")
                .params(number.value(), who.account(), clock.timestamp().minusDays(1))
                .update();
    }

    /** How often each class was opened in this case so far. */
    @Transactional(readOnly = true)
    public long opened(CaseNumber number) {
        return db.sql("select count(*) from case_looks where case_number = ? and opened is not null")
                .param(number.value())
                .query(Long.class)
                .single();
    }

    /**
     * A look as the person reads it: no account, which would name an officer.
     *
     * @param as     null where nothing is known of it
     * @param office where he works, or the employer
     * @param opened   what was opened, or null where the file was looked at
     * @param searched whether he was looked for and found, and nothing else
     */
    public record Look(
            Instant at,
            @Nullable Role as,
            Text office,
            @Nullable FieldClass opened,
            @Nullable Text purpose,
            boolean searched) {}

    /** Newest first, for the applicant alone; those that are withheld are not in it. */
    @Transactional(readOnly = true)
    public Page<Look> of(Actor applicant, CaseNumber number, int page, int size) {
        Case file = cases.get(number);
        if (!access.isOwn(applicant, file)) throw Problem.notFound();
        String told = " from case_looks where case_number = ? and not (" + WITHHELD + ")";
        List<Look> looks = db.sql("select *" + told + " order by id desc limit ? offset ?")
                .params(number.value(), Page.size(size), Page.offset(page, size))
                .query((row, n) -> {
                    Role as = Optional.ofNullable(row.getString("role"))
                            .map(Role::named)
                            .orElse(null);
                    return new Look(
                            Instants.always(row, "at"),
                            as,
                            as == Role.EMPLOYER ? Text.same(file.answer("employerName")) : settings.office(as),
                            FieldClass.find(String.valueOf(row.getString("opened")))
                                    .orElse(null),
                            Optional.ofNullable(row.getString("purpose"))
                                    .map(Purpose::of)
                                    .map(Purpose::text)
                                    .orElse(null),
                            row.getBoolean("searched"));
                })
                .list();
        long total = db.sql("select count(*)" + told)
                .param(number.value())
                .query(Long.class)
                .single();
        return new Page<>(looks, Math.max(0, page), Page.size(size), total);
    }

    /** What one account looked at in one case and what is not told yet. */
    public record Withheld(
            CaseNumber number, String account, @Nullable Role as, long looks, Instant from, Instant to) {}

    /** For auditors, the longest withheld first. */
    @Transactional(readOnly = true)
    public Page<Withheld> withheld(int page, int size) {
        String by = " from case_looks where " + WITHHELD + " group by case_number, account";
        List<Withheld> found = db.sql(
                        "select case_number, account, max(role) as as_role, count(*) as looks, min(at) as from_at, max(at) as to_at"
                                + by + " order by min(at), case_number, account limit ? offset ?")
                .params(Page.size(size), Page.offset(page, size))
                .query((row, n) -> new Withheld(
                        new CaseNumber(row.getString("case_number")),
                        row.getString("account"),
                        Optional.ofNullable(row.getString("as_role"))
                                .map(Role::named)
                                .orElse(null),
                        row.getLong("looks"),
                        Instants.always(row, "from_at"),
                        Instants.always(row, "to_at")))
                .list();
        long total = db.sql("select count(*) from (select case_number" + by + ") all_of_them")
                .query(Long.class)
                .single();
        return new Page<>(found, Math.max(0, page), Page.size(size), total);
    }

    /**
     * From now on the person reads what the account looked at in the case so far; he is told of it.
     *
     * @throws Problem NOT_FOUND where nothing is withheld
     */
    public void release(Actor auditor, CaseNumber number, String account) {
        auditor.mustBe(Role.AUDITOR);
        int released = db.sql(
                        "update case_looks set released_at = ?, released_by = ? where case_number = ? and account = ? and "
                                + WITHHELD)
                .params(clock.timestamp(), auditor.account(), number.value(), account)
                .update();
        if (released == 0) throw Problem.notFound();
        events.publishEvent(cases.get(number)
                .event(
                        "looks-released",
                        auditor,
                        Role.AUDITOR,
                        Audience.APPLICANT,
                        Map.of("account", account, "looks", String.valueOf(released))));
    }

    /** How often an account has opened a class of fields for a purpose. */
    public record Count(
            String account, @Nullable Role as, FieldClass opened, Purpose purpose, long times, long cases) {}

    /** Of the last so many days, the most frequent first; for auditors. */
    @Transactional(readOnly = true)
    public List<Count> counts(int days) {
        return db.sql("""
            select account, role, opened, purpose, count(*) as times, count(distinct case_number) as files from case_looks
            where opened is not null and at > ? group by account, role, opened, purpose order by times desc, account, opened, purpose limit 200""")
                .param(clock.timestamp().minusDays(days))
                .query((row, n) -> new Count(
                        row.getString("account"),
                        Optional.ofNullable(row.getString("role"))
                                .map(Role::named)
                                .orElse(null),
                        FieldClass.find(row.getString("opened")).orElseThrow(),
                        Purpose.of(row.getString("purpose")),
                        row.getLong("times"),
                        row.getLong("files")))
                .list();
    }
}
