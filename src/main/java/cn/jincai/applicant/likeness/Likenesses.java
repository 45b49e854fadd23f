package cn.jincai.applicant.likeness;

import static cn.jincai.applicant.PersonSeals.JUDGEMENT;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Relatives;
import cn.jincai.applicant.likeness.Likeness.Judgement;
import cn.jincai.applicant.likeness.Likeness.Trait;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Documents that are likely one person's: found by what is alike in them, joined or parted by somebody who has looked at both (rulebook 7.10, decision 139). What was
 * joined is counted together wherever {@link Persons#documents} is asked; parted again it is as if it had never been joined.
 */
@Service
@Transactional
public class Likenesses {
    private static final int LONGEST_REASON = 2000, SHOWN = 100;

    /** Who judges: whoever has the papers before him. */
    private static final Set<Role> OFFICERS = Set.of(Role.INTAKE, Role.REVIEWER, Role.SENIOR_REVIEWER, Role.SUPERVISOR);

    private final JdbcClient jdbc;
    private final Persons persons;
    private final Relatives relatives;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Likenesses(
            JdbcClient jdbc,
            Persons persons,
            Relatives relatives,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.persons = persons;
        this.relatives = relatives;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** As kept, or as found now with id 0. */
    private record Pair(
            long id,
            String one,
            String other,
            Set<Trait> alike,
            @Nullable Boolean same) {
        /** Whether somebody has judged it with all that is alike now before him. */
        boolean isJudgedWith(Pair now) {
            return same != null && (same || alike.containsAll(now.alike));
        }
    }

    /**
     * Keeps by fingerprints what the person named in a case, and whom he is like now.
     *
     * @param account number of a bank account, or null
     */
    public void told(String key, @Nullable String account, List<String> certificates) {
        if (account != null) mark(key, Trait.ACCOUNT, account);
        certificates.forEach(number -> mark(key, Trait.CERTIFICATE, number));
        writeDown(key);
    }

    private void mark(String key, Trait kind, String number) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        jdbc.sql("""
                insert into person_marks (person_key, kind, mark) select p.person_key, :kind, :mark from persons p where p.person_key = :key
                and not exists (select 1 from person_marks m where m.person_key = :key and m.kind = :kind and m.mark = :mark)""")
                .param("key", key)
                .param("kind", word)
                .param("mark", vault.fingerprint(word, Spelling.ofCode(number)))
                .update();
    }

    private void writeDown(String key) {
        List<Pair> found = alike(key);
        if (found.isEmpty()) return;
        Lock.PERSONS_ALIKE.hold(jdbc);
        for (Pair now : found) {
            Optional<Pair> kept = kept(now);
            if (kept.isEmpty())
                jdbc.sql("insert into person_pairs (one_key, other_key, alike, found_at) values (?, ?, ?, ?)")
                        .params(now.one, now.other, words(now.alike), clock.timestamp())
                        .update();
            else if (!kept.get().alike.equals(now.alike) && !kept.get().isJudgedWith(now))
                jdbc.sql("update person_pairs set alike = ?, same = null where id = ?")
                        .params(words(now.alike), kept.get().id)
                        .update();
        }
    }

    /** Whether somebody has to look first whether this is another's document too. */
    @Transactional(readOnly = true)
    public boolean isOpen(String key) {
        return alike(key).stream()
                .anyMatch(
                        now -> kept(now).filter(kept -> kept.isJudgedWith(now)).isEmpty());
    }

    /** All that this person's documents are, or were, like; what nobody has judged first. */
    public List<Likeness> of(String key) {
        writeDown(key);
        return pairs(
                "(one_key in (:keys) or other_key in (:keys)) order by same nulls first, id", persons.documents(key));
    }

    /** What nobody has judged yet, the oldest first. */
    @Transactional(readOnly = true)
    public List<Likeness> waiting() {
        return pairs("same is null order by found_at, id", Set.of());
    }

    /** What was judged, the latest first. */
    @Transactional(readOnly = true)
    public List<Likeness> judged() {
        return pairs(
                "same is not null order by (select max(j.id) from person_judgements j where j.pair_id = person_pairs.id) desc",
                Set.of());
    }

    /**
     * One person's, or two people's. Judged anew at any time, whatever was judged before.
     *
     * @throws Problem NOT_FOUND; FORBIDDEN for whom no paper is shown, or whom the person concerns; INVALID without a reason; CONFLICT where other documents of the two were
     *                 judged otherwise
     */
    public void judge(Actor officer, long id, boolean same, String reason) {
        Role as = officer.roles().stream()
                .filter(role -> OFFICERS.contains(role.rights()))
                .findFirst()
                .orElseThrow(() -> Problem.forbidden("applicant.judge.NOT_YOUR_ROLE"));
        Lock.PERSONS_ALIKE.hold(jdbc);
        Pair pair = jdbc.sql("select * from person_pairs where id = ?")
                .param(id)
                .query(Likenesses::pair)
                .optional()
                .orElseThrow(Problem::notFound);
        if (relatives.concerns(officer.account(), pair.one) || relatives.concerns(officer.account(), pair.other))
            throw Problem.forbidden("applicant.judge.CONCERNED");
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON)
            throw Problem.invalid("reason", "applicant.judge.REASON", LONGEST_REASON);
        Set<String> concerned = keep(pair, same, why, officer.account());
        events.publishEvent(CaseEvent.forAuditors(
                same ? "applicant.event.persons-joined" : "applicant.event.persons-parted",
                officer,
                as,
                Map.of("pair", String.valueOf(id), "alike", words(pair.alike))));
        events.publishEvent(new PersonsJoined(concerned));
    }

    /** The number says it: a document written down by a number of before is the same person's. */
    public void renumbered(String key, String former) {
        Pair pair = ordered(key, former, EnumSet.noneOf(Trait.class));
        Lock.PERSONS_ALIKE.hold(jdbc);
        if (kept(pair).isPresent()) return;
        jdbc.sql("insert into person_pairs (one_key, other_key, alike, found_at) values (?, ?, '', ?)")
                .params(pair.one, pair.other, clock.timestamp())
                .update();
        keep(kept(pair).orElseThrow(), true, null, Actor.SYSTEM.account());
    }

    /** @return all documents of both */
    private Set<String> keep(Pair pair, boolean same, @Nullable String reason, String by) {
        persons.lock(pair.one);
        persons.lock(pair.other);
        Set<String> both = new TreeSet<>(persons.documents(pair.one));
        both.addAll(persons.documents(pair.other));
        jdbc.sql("update person_pairs set same = ? where id = ?")
                .params(same, pair.id)
                .update();
        persons.joinedAnew();
        boolean otherwise = same
                ? jdbc.sql(
                                "select count(*) > 0 from person_pairs where same = false and one_key in (:keys) and other_key in (:keys)")
                        .param("keys", both)
                        .query(Boolean.class)
                        .single()
                : persons.isSame(pair.one, pair.other);
        if (otherwise)
            throw Problem.conflict(same ? "applicant.judge.PARTED_ELSEWHERE" : "applicant.judge.JOINED_ELSEWHERE");
        String rowKey = UUID.randomUUID().toString();
        jdbc.sql(
                        "insert into person_judgements (pair_id, row_key, same, alike, sealed_reason, by_account, at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        pair.id,
                        rowKey,
                        same,
                        words(pair.alike),
                        vault.seal(JUDGEMENT, reason, pair.id, rowKey),
                        by,
                        clock.timestamp()))
                .update();
        return both;
    }

    /** Two citizens' numbers are two people's: the register gives each one. */
    private List<Pair> alike(String key) {
        return jdbc
                .sql("""
                select o.person_key mine, p.person_key theirs, p.letters_mark = o.letters_mark as same_name, p.phone_mark = o.phone_mark as same_phone,
                exists (select 1 from person_marks a join person_marks b on b.mark = a.mark where a.person_key = o.person_key and b.person_key = p.person_key and a.kind = 'account') as same_account,
                exists (select 1 from person_marks a join person_marks b on b.mark = a.mark where a.person_key = o.person_key and b.person_key = p.person_key and a.kind = 'certificate') as same_certificate
                from persons o join persons p on p.birth_mark = o.birth_mark where o.person_key in (:mine) and p.person_key not in (:mine) and not (o.citizen and p.citizen)""")
                .param("mine", persons.documents(key))
                .query((row, n) -> ordered(row.getString("mine"), row.getString("theirs"), traits(row)))
                .list()
                .stream()
                .filter(pair -> pair.alike.stream().mapToInt(t -> t.weight).sum() >= Trait.ENOUGH)
                .toList();
    }

    private static Set<Trait> traits(ResultSet row) throws SQLException {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values())
            if (row.getBoolean("same_" + trait.name().toLowerCase(Locale.ROOT))) traits.add(trait);
        return traits;
    }

    private static Pair ordered(String one, String other, Set<Trait> alike) {
        return one.compareTo(other) < 0 ? new Pair(0, one, other, alike, null) : new Pair(0, other, one, alike, null);
    }

    private Optional<Pair> kept(Pair now) {
        return jdbc.sql("select * from person_pairs where one_key = ? and other_key = ?")
                .params(now.one, now.other)
                .query(Likenesses::pair)
                .optional();
    }

    private static Pair pair(ResultSet row, int n) throws SQLException {
        String alike = row.getString("alike");
        return new Pair(
                row.getLong("id"),
                row.getString("one_key"),
                row.getString("other_key"),
                alike.isEmpty()
                        ? EnumSet.noneOf(Trait.class)
                        : Arrays.stream(alike.split(","))
                                .map(Trait::valueOf)
                                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trait.class))),
                row.getObject("same", Boolean.class));
    }

    private static String words(Set<Trait> alike) {
        return alike.stream().map(Trait::name).collect(Collectors.joining(","));
    }

    private List<Likeness> pairs(String which, Set<String> keys) {
        return jdbc
                .sql("select * from person_pairs where " + which + " fetch first " + SHOWN + " rows only")
                .param("keys", keys)
                .query(Likenesses::pair)
                .list()
                .stream()
                .map(p -> new Likeness(
                        p.id, persons.find(p.one), persons.find(p.other), p.alike, p.same, judgements(p.id)))
                .toList();
    }

    private List<Judgement> judgements(long pair) {
        return jdbc.sql("select * from person_judgements where pair_id = ? order by id")
                .param(pair)
                .query((row, n) -> new Judgement(
                        row.getBoolean("same"),
                        row.getString("by_account"),
                        Instants.always(row, "at"),
                        vault.open(JUDGEMENT, Sealed.in(row, "sealed_reason"), pair, row.getString("row_key"))))
                .list();
    }
}
