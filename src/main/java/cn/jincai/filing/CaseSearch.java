package cn.jincai.filing;

import cn.jincai.applicant.Employers;
import cn.jincai.applicant.NameParts;
import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.filing.searches.Criteria;
import cn.jincai.filing.sight.CaseNames;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Officers look for cases among those that they may open, newest first. Whoever looks for a person tells what for; the search is recorded without its words, and each person
 * who was found so reads it under his case.
 */
@Service
public class CaseSearch {
    /** A page has so many. */
    public static final int PAGE = 20;

    /** How far is counted. */
    public static final int MOST = 500;

    /** Of so many people a name may be at most. */
    public static final int MOST_PERSONS = 500;

    private static final String NOBODY = "";
    private static final Set<Role> WITHOUT_DOCUMENTS = Set.of(Role.APPLICANT, Role.EMPLOYER, Role.EXPERT);

    private final CaseTable cases;
    private final Access access;
    private final CaseClock clock;
    private final CaseNames names;
    private final Persons persons;
    private final Employers employers;
    private final Looks looks;
    private final JdbcClient db;
    private final ApplicationEventPublisher events;

    CaseSearch(
            CaseTable cases,
            Access access,
            CaseClock clock,
            CaseNames names,
            Persons persons,
            Employers employers,
            Looks looks,
            JdbcClient db,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.access = access;
        this.clock = clock;
        this.names = names;
        this.persons = persons;
        this.employers = employers;
        this.looks = looks;
        this.db = db;
        this.events = events;
    }

    /**
     * @param person    as the role may see it; null where it may not
     * @param amountFen what was granted or would be, in fen; null where nothing is known of it
     */
    public record Row(
            CaseSummary file,
            @Nullable String person,
            @Nullable Long amountFen) {}

    /** @param count one beyond {@link #MOST} where there are more */
    public record Found(List<Row> rows, int page, long count) {
        public boolean isMore() {
            return count > MOST;
        }

        public boolean hasNext() {
            return (page + 1L) * PAGE < count;
        }
    }

    /** Whether a person is looked for: by a name or by his document, not by the number of a case. */
    public static boolean isOfPerson(Criteria criteria) {
        return criteria.document() != null
                || criteria.words() != null && !CaseNumber.isOne(Spelling.ofCode(criteria.words()));
    }

    /** Whether he may look for a document: to experts its number is closed (decision 150), and whoever may look for it could try numbers out. */
    public static boolean isByDocument(Actor who) {
        return !WITHOUT_DOCUMENTS.containsAll(who.roles());
    }

    /**
     * @param purpose a {@link Purpose}'s code, needed where a person is looked for; none that wants words
     * @throws Problem INVALID for a part of a name that is too short or too many people's, days or sums in the wrong order, no purpose; FORBIDDEN for a document that he may
     *     not look for
     */
    @Transactional
    public Found find(Actor who, Criteria criteria, @Nullable String purpose, int page) {
        if (who.roles().stream().allMatch(r -> r == Role.APPLICANT || r == Role.EMPLOYER)) throw Problem.notFound();
        check(criteria);
        boolean ofPerson = isOfPerson(criteria);
        Purpose told = ofPerson ? purpose(purpose) : null;
        CaseFile.Clause mine = access.listable(criteria.document() == null ? who : seeingDocuments(who));
        StringBuilder sql = new StringBuilder(mine.sql());
        List<Object> values = new ArrayList<>(mine.values());
        narrow(criteria, sql, values);
        List<CaseSummary> found = cases.list(sql.toString(), values, PAGE, (long) Math.max(0, page) * PAGE).stream()
                .map(row -> CaseSummary.of(row.file(), row.asked(), clock.standing(row.file())))
                .toList();
        long count = cases.countUpTo(sql.toString(), values, MOST + 1);
        List<CaseNumber> numbers = found.stream().map(CaseSummary::number).toList();
        if (!criteria.isEmpty()) recorded(who, criteria, told, count, numbers);
        Map<CaseNumber, String> people = names.shown(who, numbers, ofPerson);
        Map<String, Long> amounts = amounts(numbers);
        return new Found(
                found.stream()
                        .map(file -> new Row(
                                file,
                                people.get(file.number()),
                                amounts.get(file.number().value())))
                        .toList(),
                Math.max(0, page),
                count);
    }

    private static Purpose purpose(@Nullable String code) {
        Purpose purpose = Purpose.of(String.valueOf(code));
        if (purpose == Purpose.OTHER) throw Problem.invalid("purpose", "filing.purpose.REQUIRED");
        return purpose;
    }

    /** Without the role by which he sees no documents, and so without the cases that are his by it alone. */
    private static Actor seeingDocuments(Actor who) {
        if (!isByDocument(who)) throw Problem.forbidden("filing.search.document.CLOSED");
        return new Actor(
                who.account(),
                who.roles().stream().filter(role -> !role.equals(Role.EXPERT)).collect(Collectors.toSet()));
    }

    private static void check(Criteria c) {
        if (c.words() != null && c.words().codePointCount(0, c.words().length()) < NameParts.SHORTEST)
            throw Problem.invalid("q", "filing.search.TOO_SHORT", NameParts.SHORTEST);
        if (c.from() != null && c.to() != null && c.from().isAfter(c.to()))
            throw Problem.invalid("to", "filing.search.days.ORDER");
        if (c.least() != null && c.most() != null && c.least() > c.most())
            throw Problem.invalid("most", "filing.search.sums.ORDER");
    }

    private void narrow(Criteria c, StringBuilder sql, List<Object> values) {
        if (c.words() != null) {
            String number = Spelling.ofCode(c.words());
            if (CaseNumber.isOne(number)) and(sql, values, "case_number = ?", number);
            else
                among(
                        sql,
                        values,
                        "person_key",
                        persons
                                .namedLike(c.words(), MOST_PERSONS)
                                .orElseThrow(() -> Problem.invalid("q", "filing.search.TOO_MANY"))
                                .stream()
                                .map(Person::key)
                                .toList());
        }
        if (c.document() != null) among(sql, values, "person_key", persons.numbered(c.document()));
        if (c.employer() != null) among(sql, values, "employer_code", employers.codesLike(c.employer()));
        if (c.stage() != null) and(sql, values, "stage = ?", c.stage());
        if (c.scheme() != null) and(sql, values, "scheme = ?", c.scheme());
        if (c.from() != null) and(sql, values, "submitted_at >= ?", startOf(c.from()));
        if (c.to() != null) and(sql, values, "submitted_at < ?", startOf(c.to().plusDays(1)));
        if (c.least() != null || c.most() != null)
            and(
                    sql,
                    values,
                    "coalesce((select sum(b.amount_fen) from decided_benefits b where b.case_number = cases.case_number and b.outcome = 'granted'),"
                            + " (select max(t.amount_fen) from open_tasks t where t.case_number = cases.case_number and t.subject is null)) between ? and ?",
                    c.least() == null ? 0L : c.least(),
                    c.most() == null ? Long.MAX_VALUE : c.most());
    }

    private static void among(StringBuilder sql, List<Object> values, String column, Collection<String> these) {
        Collection<String> any = these.isEmpty() ? Set.of(NOBODY) : these;
        and(
                sql,
                values,
                column + " in (" + String.join(", ", Collections.nCopies(any.size(), "?")) + ")",
                any.toArray());
    }

    private static void and(StringBuilder sql, List<Object> values, String clause, Object... bound) {
        sql.append(" and ").append(clause);
        Collections.addAll(values, bound);
    }

    private static Object startOf(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toOffsetDateTime();
    }

    private void recorded(Actor who, Criteria criteria, @Nullable Purpose purpose, long count, List<CaseNumber> shown) {
        Map<String, String> details = new HashMap<>();
        details.put("found", String.valueOf(count));
        details.put("by", String.join(",", criteria.kinds()));
        if (purpose != null) {
            details.put("purpose", purpose.code());
            shown.forEach(number -> looks.found(who, number, purpose));
        }
        events.publishEvent(CaseEvent.forAuditors(
                "filing.event.searched", who, who.roles().iterator().next(), details));
    }

    /** What was granted, and of what is not decided yet what it would come to. */
    private Map<String, Long> amounts(List<CaseNumber> numbers) {
        Map<String, Long> amounts = new HashMap<>();
        if (numbers.isEmpty()) return amounts;
        List<String> these = numbers.stream().map(CaseNumber::value).toList();
        for (String sql : List.of(
                "select case_number, max(amount_fen) from open_tasks where subject is null and amount_fen is not null and case_number in (:these) group by case_number",
                "select case_number, sum(amount_fen) from decided_benefits where outcome = 'granted' and case_number in (:these) group by case_number"))
            db.sql(sql).param("these", these).query(row -> {
                amounts.put(row.getString(1), row.getLong(2));
            });
        return amounts;
    }
}
