package cn.jincai.inquiry;

import cn.jincai.applicant.NameParts;
import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.audit.AuditEntry;
import cn.jincai.audit.AuditLog;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseSearch;
import cn.jincai.filing.Looks;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Auditors and supervisors look into the record, newest first. Whoever does says what for; that he did is an entry itself, without his words, and each person who was looked
 * for reads it under his case once it is no longer withheld.
 */
@Service
public class RecordSearch {
    /** A page has so many. */
    public static final int PAGE = 50;

    /** How far is counted. */
    public static final int MOST = 500;

    private static final Set<String> NOBODY = Set.of("");

    private final JdbcClient db;
    private final AuditLog log;
    private final ReadersPart part;
    private final Kinds kinds;
    private final People people;
    private final Persons persons;
    private final CaseFile cases;
    private final Looks looks;
    private final InquirySettings settings;
    private final ApplicationEventPublisher events;

    RecordSearch(
            JdbcClient db,
            AuditLog log,
            ReadersPart part,
            Kinds kinds,
            People people,
            Persons persons,
            CaseFile cases,
            Looks looks,
            InquirySettings settings,
            ApplicationEventPublisher events) {
        this.db = db;
        this.log = log;
        this.part = part;
        this.kinds = kinds;
        this.people = people;
        this.persons = persons;
        this.cases = cases;
        this.looks = looks;
        this.settings = settings;
        this.events = events;
    }

    /** @param count one beyond {@link #MOST} where there are more */
    public record Found(List<AuditEntry> entries, int page, long count) {
        public boolean isMore() {
            return count > MOST;
        }

        public boolean hasNext() {
            return (page + 1L) * PAGE < count || isMore() && entries.size() == PAGE;
        }
    }

    /**
     * @param purpose a {@link Purpose}'s code, none that wants words
     * @throws Problem FORBIDDEN for whoever neither audits nor supervises; INVALID without a purpose, for a kind or role that there is not, a part of a name that is too short
     *     or too many people's, days in the wrong order
     */
    @Transactional
    public Found find(Actor who, Question asked, @Nullable String purpose, int page) {
        Purpose told = purpose(purpose); // before anything is asked
        ReadersPart.Clause where = where(who, asked);
        int shown = Math.max(0, page);
        List<AuditEntry> entries = entries(where, PAGE, (long) shown * PAGE);
        long count =
                db.sql(counted(where)).params(where.values()).query(Long.class).single();
        recorded("record-inquired", who, asked, told, count, entries);
        return new Found(entries, shown, count);
    }

    /**
     * All that is found, for an export.
     *
     * @throws Problem as above, and INVALID where there are more than one export may have
     */
    @Transactional
    public List<AuditEntry> all(Actor who, Question asked, @Nullable String purpose) {
        Purpose told = purpose(purpose); // before anything is asked
        ReadersPart.Clause where = where(who, asked);
        List<AuditEntry> entries = entries(where, settings.most() + 1, 0);
        if (entries.size() > settings.most())
            throw Problem.invalid("from", "inquiry.TOO_MANY_ENTRIES", settings.most());
        recorded("record-selected", who, asked, told, entries.size(), entries);
        return entries;
    }

    private List<AuditEntry> entries(ReadersPart.Clause where, int most, long after) {
        return db.sql(newestFirst(where, most, after))
                .params(where.values())
                .query(log::read)
                .list();
    }

    static String newestFirst(ReadersPart.Clause where, int most, long after) {
        return "select t.* from audit_entries t where " + where.sql() + " order by t.at desc, t.seq desc offset "
                + after + " rows fetch first " + most + " rows only";
    }

    static String counted(ReadersPart.Clause where) {
        return "select count(*) from (select t.seq from audit_entries t where " + where.sql()
                + " order by t.at desc, t.seq desc fetch first " + (MOST + 1) + " rows only) counted";
    }

    static Purpose purpose(@Nullable String code) {
        Purpose purpose = Purpose.of(String.valueOf(code));
        if (purpose == Purpose.OTHER) throw Problem.invalid("purpose", "filing.purpose.REQUIRED");
        return purpose;
    }

    ReadersPart.Clause where(Actor who, Question asked) {
        ReadersPart.Clause own = part.of(who);
        StringBuilder sql = new StringBuilder(own.sql());
        Map<String, Object> values = new HashMap<>(own.values());
        if (!who.is(Role.AUDITOR)) sql.append(ReadersPart.NOT_BY_AUDITORS);
        if (asked.number() != null) add(sql, values, "t.case_number = :number", "number", number(asked.number()));
        if (asked.isOfPerson())
            add(
                    sql,
                    values,
                    "t.seq in (select e.seq from audit_entries e join cases c on c.case_number = e.case_number where c.person_key in (:persons)"
                            + " union select e.seq from audit_entries e join accounts a on a.name = e.account where a.person_key in (:persons))",
                    "persons",
                    persons(asked));
        if (asked.kind() != null) {
            Kinds.Wanted wanted =
                    kinds.wanted(asked.kind()).orElseThrow(() -> Problem.invalid("kind", "inquiry.kind.UNKNOWN"));
            add(sql, values, "t.kind " + (wanted.without() ? "not " : "") + "in (:kinds)", "kinds", wanted.kinds());
        }
        if (asked.account() != null)
            add(sql, values, "t.account in (:accounts)", "accounts", people.meant(asked.account()));
        if (asked.role() != null)
            add(
                    sql,
                    values,
                    "t.role = :role",
                    "role",
                    Role.find(asked.role())
                            .orElseThrow(() -> Problem.invalid("role", "inquiry.role.UNKNOWN"))
                            .code());
        days(asked.from(), asked.to(), sql, values);
        return new ReadersPart.Clause(sql.toString(), values);
    }

    /** @throws Problem INVALID for days in the wrong order */
    static void days(@Nullable LocalDate from, @Nullable LocalDate to, StringBuilder sql, Map<String, Object> values) {
        if (from != null && to != null && from.isAfter(to)) throw Problem.invalid("to", "filing.search.days.ORDER");
        if (from != null) add(sql, values, "t.at >= :from", "from", startOf(from));
        if (to != null) add(sql, values, "t.at < :to", "to", startOf(to.plusDays(1)));
    }

    private static String number(String typed) {
        String number = Spelling.ofCode(typed);
        if (!CaseNumber.isOne(number)) throw Problem.invalid("number", "inquiry.number.NONE");
        return number;
    }

    /** @return keys, never none: that would be no list */
    Collection<String> persons(Question asked) {
        Set<String> keys = new HashSet<>();
        if (asked.person() != null) {
            String name = asked.person();
            if (name.codePointCount(0, name.length()) < NameParts.SHORTEST)
                throw Problem.invalid("person", "filing.search.TOO_SHORT", NameParts.SHORTEST);
            persons
                    .namedLike(name, CaseSearch.MOST_PERSONS)
                    .orElseThrow(() -> Problem.invalid("person", "filing.search.TOO_MANY"))
                    .stream()
                    .map(Person::key)
                    .forEach(keys::add);
        }
        if (asked.document() != null) {
            Set<String> numbered = persons.numbered(asked.document());
            if (asked.person() == null) keys.addAll(numbered);
            else keys.retainAll(numbered);
        }
        return keys.isEmpty() ? NOBODY : keys;
    }

    private static void add(StringBuilder sql, Map<String, Object> values, String clause, String name, Object value) {
        sql.append(" and ").append(clause);
        values.put(name, value);
    }

    private static Object startOf(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toOffsetDateTime();
    }

    private void recorded(String kind, Actor who, Question asked, Purpose purpose, long count, List<AuditEntry> shown) {
        Map<String, String> details = new TreeMap<>();
        details.put("by", String.join(",", asked.told()));
        details.put("found", String.valueOf(count));
        details.put("purpose", purpose.code());
        if (asked.number() != null) details.put("case", number(asked.number()));
        if (asked.isOfPerson() || asked.number() != null || isOfApplicant(asked)) found(who, purpose, shown);
        Role as = ReadersPart.as(who);
        events.publishEvent(CaseEvent.forAuditors("inquiry.event." + kind, who, as, details));
    }

    private boolean isOfApplicant(Question asked) {
        return asked.account() != null && people.meant(asked.account()).stream().anyMatch(people::isOutside);
    }

    /** Whose cases they are was looked for, by whatever tells him. */
    private void found(Actor who, Purpose purpose, List<AuditEntry> shown) {
        List<CaseNumber> numbers = shown.stream()
                .map(AuditEntry::caseNumber)
                .filter(Objects::nonNull)
                .distinct()
                .map(CaseNumber::new)
                .toList();
        cases.open(who, numbers).forEach(number -> looks.found(who, number, purpose));
    }
}
