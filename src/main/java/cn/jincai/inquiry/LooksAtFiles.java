package cn.jincai.inquiry;

import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Looks;
import cn.jincai.filing.sight.CaseNames;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who of the office looked at whose file, how often, what for, and what of it is unusual, which stands first. Unusual is no reproach: it is where somebody asks. */
@Service
@Transactional
public class LooksAtFiles {
    /** A page has so many. */
    public static final int PAGE = 50;

    private final JdbcClient db;
    private final ReadersPart part;
    private final RecordSearch record;
    private final People people;
    private final CaseNames names;
    private final CaseFile cases;
    private final Looks looks;
    private final Calendars calendars;
    private final CityClock clock;
    private final InquirySettings.LooksShown settings;
    private final ApplicationEventPublisher events;

    LooksAtFiles(
            JdbcClient db,
            ReadersPart part,
            RecordSearch record,
            People people,
            CaseNames names,
            CaseFile cases,
            Looks looks,
            Calendars calendars,
            CityClock clock,
            InquirySettings settings,
            ApplicationEventPublisher events) {
        this.db = db;
        this.part = part;
        this.record = record;
        this.people = people;
        this.names = names;
        this.cases = cases;
        this.looks = looks;
        this.calendars = calendars;
        this.clock = clock;
        this.settings = settings.looks();
        this.events = events;
    }

    /** What is unusual in a look. */
    public enum Sign {
        /** He never did anything in the case, and has no task of it in hand. */
        NO_TASK("no-task"),
        OUTSIDE_HOURS("outside-hours"),
        MANY_PERSONS("many-persons");

        private final String code;

        Sign(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    private record Look(
            Instant at,
            String account,
            @Nullable Role as,
            CaseNumber number,
            @Nullable String person,
            @Nullable Purpose purpose,
            boolean searched,
            boolean acted) {
        LocalDate day() {
            return at.atZone(CityClock.ZONE).toLocalDate();
        }
    }

    /** The looks of one account. @param unusual how many of them have a sign @param mostADay people on the day with the most */
    public record Officer(
            String account,
            @Nullable Role as,
            long looks,
            long persons,
            long cases,
            long unusual,
            Map<Sign, Long> signs,
            long mostADay) {}

    /**
     * What one account looked at in one case on one day.
     *
     * @param person   masked as the reader's role says; null where he sees nothing of it
     * @param purposes that were told; a file is opened without one
     * @param searched how often he was looked for by name or document, among the looks
     */
    public record Day(
            LocalDate day,
            String account,
            @Nullable Role as,
            CaseNumber number,
            @Nullable String person,
            long looks,
            long searched,
            Set<Purpose> purposes,
            Set<Sign> signs) {}

    /**
     * @param officers where neither a person nor an officer was asked for
     * @param days     otherwise, one page of them
     * @param cut      there are more looks than one view counts: the oldest are left out
     */
    public record Shown(
            LocalDate from, LocalDate to, List<Officer> officers, List<Day> days, int page, long count, boolean cut) {
        public boolean hasNext() {
            return (page + 1L) * PAGE < count;
        }
    }

    /**
     * @param asked   of it the person, the account and the days count
     * @param purpose a {@link Purpose}'s code, none that wants words
     * @throws Problem FORBIDDEN for whoever neither audits nor supervises; INVALID as for the record
     */
    public Shown find(Actor who, Question asked, @Nullable String purpose, int page) {
        Purpose told = RecordSearch.purpose(purpose); // before anything is asked
        LocalDate to = asked.to() == null ? clock.today() : asked.to();
        LocalDate from = asked.from() == null ? to.minusDays(settings.days() - 1L) : asked.from();
        ReadersPart.Clause own = own(who, part.of(who));
        List<Look> found = looks(own, asked, from, to);
        boolean cut = found.size() > settings.most();
        if (cut) found = found.subList(0, settings.most());
        Persons persons = personsADay(own, found);
        cut |= persons.cut;
        Map<String, Map<LocalDate, Integer>> personsADay = persons.aDay;
        boolean details = asked.isOfPerson() || asked.account() != null;
        List<Day> days = details ? days(found, personsADay) : List.of();
        int shown = Math.max(0, page);
        List<Day> these = days.stream().skip((long) shown * PAGE).limit(PAGE).toList();
        recorded(who, asked, told, found.size(), these);
        return new Shown(
                from,
                to,
                details ? List.of() : officers(found, personsADay),
                named(who, these),
                shown,
                details ? days.size() : found.size(),
                cut);
    }

    /** Which looks he is told of. */
    private static ReadersPart.Clause own(Actor who, ReadersPart.Clause part) {
        return who.is(Role.AUDITOR)
                ? part
                : new ReadersPart.Clause(
                        part.sql() + ReadersPart.NOT_BY_AUDITORS + " and not (t.withheld and t.released_at is null)",
                        part.values());
    }

    private List<Look> looks(ReadersPart.Clause own, Question asked, LocalDate from, LocalDate to) {
        StringBuilder sql = new StringBuilder(own.sql());
        Map<String, Object> values = new HashMap<>(own.values());
        RecordSearch.days(from, to, sql, values);
        if (asked.account() != null) {
            sql.append(" and t.account in (:accounts)");
            values.put("accounts", people.meant(asked.account()));
        }
        if (asked.isOfPerson()) {
            sql.append(" and c.person_key in (:persons)");
            values.put("persons", record.persons(asked));
        }
        values.put("noActs", settings.noActs());
        return db.sql("""
            select t.at, t.account, t.role, t.case_number, c.person_key, t.purpose, t.searched,
              exists (select 1 from audit_entries e where e.case_number = t.case_number and e.account = t.account and e.kind not in (:noActs))
                or exists (select 1 from open_tasks o where o.case_number = t.case_number and o.assignee = t.account) as acted
            from case_looks t join cases c on c.case_number = t.case_number
            where t.role is not null and t.role not in ('applicant', 'employer') and """
                        + " " + sql + " order by t.at desc, t.id desc fetch first " + (settings.most() + 1)
                        + " rows only")
                .params(values)
                .query(this::look)
                .list();
    }

    private Look look(ResultSet row, int n) throws SQLException {
        String role = row.getString("role"), purpose = row.getString("purpose");
        return new Look(
                Instants.always(row, "at"),
                row.getString("account"),
                role == null ? null : Role.named(role),
                new CaseNumber(row.getString("case_number")),
                row.getString("person_key"),
                purpose == null ? null : Purpose.of(purpose),
                row.getBoolean("searched"),
                row.getBoolean("acted"));
    }

    /** @param cut there are more looks than one view counts, so that some days have more people than is told */
    private record Persons(Map<String, Map<LocalDate, Integer>> aDay, boolean cut) {}

    /** Of those accounts, whomever they looked at on those days, as far as the reader is told of it: also others than were asked for. */
    private Persons personsADay(ReadersPart.Clause own, List<Look> found) {
        if (found.isEmpty()) return new Persons(Map.of(), false);
        Map<String, Map<LocalDate, Set<String>>> persons = new HashMap<>();
        LocalDate first = found.get(found.size() - 1).day(), last = found.get(0).day();
        AtomicInteger rows = new AtomicInteger();
        db.sql("select t.account, t.at, c.person_key from case_looks t join cases c on c.case_number = t.case_number"
                        + " where t.account in (:accounts) and t.at >= :first and t.at < :end and c.person_key is not null and "
                        + own.sql() + " order by t.at desc fetch first " + (settings.most() + 1) + " rows only")
                .params(own.values())
                .param("accounts", found.stream().map(Look::account).collect(Collectors.toSet()))
                .param("first", first.atStartOfDay(CityClock.ZONE).toOffsetDateTime())
                .param("end", last.plusDays(1).atStartOfDay(CityClock.ZONE).toOffsetDateTime())
                .query(row -> {
                    if (rows.incrementAndGet() <= settings.most())
                        persons.computeIfAbsent(row.getString(1), account -> new HashMap<>())
                                .computeIfAbsent(
                                        Instants.always(row, "at")
                                                .atZone(CityClock.ZONE)
                                                .toLocalDate(),
                                        day -> new HashSet<>())
                                .add(row.getString(3));
                });
        Map<String, Map<LocalDate, Integer>> counts = new HashMap<>();
        persons.forEach((account, days) -> {
            Map<LocalDate, Integer> his = counts.computeIfAbsent(account, a -> new HashMap<>());
            days.forEach((day, keys) -> his.put(day, keys.size()));
        });
        return new Persons(counts, rows.get() > settings.most());
    }

    private Set<Sign> signs(Look look, Map<String, Map<LocalDate, Integer>> personsADay, WorkingCalendar calendar) {
        Set<Sign> signs = EnumSet.noneOf(Sign.class);
        if (!look.acted && (look.as == null || !settings.withoutTasks().contains(look.as.rights())))
            signs.add(Sign.NO_TASK);
        ZonedDateTime at = look.at.atZone(CityClock.ZONE);
        LocalTime time = at.toLocalTime();
        boolean rest = calendar.isLoaded(at.getYear())
                ? calendar.isRestDay(at.toLocalDate())
                : at.getDayOfWeek().getValue() > 5;
        if (rest || time.isBefore(settings.dayBegins()) || !time.isBefore(settings.dayEnds()))
            signs.add(Sign.OUTSIDE_HOURS);
        if (personsADay.getOrDefault(look.account, Map.of()).getOrDefault(look.day(), 0) > settings.personsADay())
            signs.add(Sign.MANY_PERSONS);
        return signs;
    }

    private List<Officer> officers(List<Look> found, Map<String, Map<LocalDate, Integer>> personsADay) {
        WorkingCalendar calendar = calendars.current();
        List<Officer> officers = new ArrayList<>();
        found.stream()
                .collect(Collectors.groupingBy(Look::account, TreeMap::new, Collectors.toList()))
                .forEach((account, his) -> {
                    Map<Sign, Long> signs = new TreeMap<>();
                    long unusual = 0;
                    for (Look look : his) {
                        Set<Sign> of = signs(look, personsADay, calendar);
                        of.forEach(sign -> signs.merge(sign, 1L, Long::sum));
                        if (!of.isEmpty()) unusual++;
                    }
                    officers.add(new Officer(
                            account,
                            his.get(0).as,
                            his.size(),
                            his.stream()
                                    .map(Look::person)
                                    .filter(Objects::nonNull)
                                    .distinct()
                                    .count(),
                            his.stream().map(Look::number).distinct().count(),
                            unusual,
                            signs,
                            personsADay.getOrDefault(account, Map.of()).values().stream()
                                    .mapToInt(n -> n)
                                    .max()
                                    .orElse(0)));
                });
        officers.sort(Comparator.comparingLong(Officer::unusual)
                .thenComparingLong(Officer::looks)
                .reversed()
                .thenComparing(Officer::account));
        return officers;
    }

    private record DayOf(LocalDate day, String account, CaseNumber number) {}

    /** Those with the most signs first, then the newest. */
    private List<Day> days(List<Look> found, Map<String, Map<LocalDate, Integer>> personsADay) {
        WorkingCalendar calendar = calendars.current();
        Map<DayOf, List<Look>> byDay = found.stream()
                .collect(Collectors.groupingBy(
                        look -> new DayOf(look.day(), look.account, look.number),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<Day> days = new ArrayList<>();
        byDay.forEach((of, his) -> {
            Set<Sign> signs = EnumSet.noneOf(Sign.class);
            Set<Purpose> purposes = new TreeSet<>();
            for (Look look : his) {
                signs.addAll(signs(look, personsADay, calendar));
                if (look.purpose != null) purposes.add(look.purpose);
            }
            days.add(new Day(
                    of.day,
                    of.account,
                    his.get(0).as,
                    of.number,
                    null,
                    his.size(),
                    his.stream().filter(Look::searched).count(),
                    purposes,
                    signs));
        });
        days.sort(Comparator.comparingInt((Day day) -> day.signs.size())
                .thenComparing(Day::day)
                .reversed());
        return days;
    }

    private List<Day> named(Actor who, List<Day> days) {
        Map<CaseNumber, String> told =
                names.onLists(who, days.stream().map(Day::number).collect(Collectors.toSet()));
        return days.stream()
                .map(d -> new Day(
                        d.day, d.account, d.as, d.number, told.get(d.number), d.looks, d.searched, d.purposes, d.signs))
                .toList();
    }

    private void recorded(Actor who, Question asked, Purpose purpose, long count, List<Day> shown) {
        if (asked.isOfPerson())
            cases.open(who, shown.stream().map(Day::number).distinct().toList())
                    .forEach(number -> looks.found(who, number, purpose));
        events.publishEvent(CaseEvent.forAuditors(
                "inquiry.event.looks-reviewed",
                who,
                ReadersPart.as(who),
                Map.of(
                        "by",
                        String.join(",", asked.told()),
                        "found",
                        String.valueOf(count),
                        "purpose",
                        purpose.code())));
    }
}
