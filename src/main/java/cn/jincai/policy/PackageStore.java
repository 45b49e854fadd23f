package cn.jincai.policy;

import cn.jincai.calendar.Calendars;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.registers.Registers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of packages: frozen copies under their hash, what is in force from which day, and proposals. */
@Repository
class PackageStore {
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final Calendars calendars;
    /** Found since this node started, by hash. */
    private final Map<String, String> damaged = new ConcurrentSkipListMap<>();

    PackageStore(JdbcClient jdbc, CityClock clock, ApplicationEventPublisher events, Calendars calendars) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
        this.calendars = calendars;
    }

    /** One at a time, over all nodes, until the transaction ends. */
    void lock() {
        Lock.PACKAGES.hold(jdbc);
    }

    boolean isKept(String hash) {
        return scheme(hash).isPresent();
    }

    Optional<String> scheme(String hash) {
        return jdbc.sql("select scheme from policy_packages where hash = ?")
                .param(hash)
                .query(String.class)
                .optional();
    }

    /** Version of the calendar when this package was frozen. */
    Optional<String> calendar(String hash) {
        return jdbc.sql("select calendar_version from policy_packages where hash = ?")
                .param(hash)
                .query(String.class)
                .optional();
    }

    /**
     * Keeps the files under their hash; what is there already stays, or is put back where it was changed. To be called under {@link #lock}.
     *
     * @param editedFrom hash of the version that was changed on a page, null for others
     */
    void keep(
            String scheme,
            String hash,
            SortedMap<String, byte[]> files,
            String origin,
            @Nullable String editedFrom,
            String by) {
        if (isKept(hash)) {
            jdbc.sql("update policy_packages set taken_back_by = null, taken_back_at = null where hash = ?")
                    .param(hash)
                    .update(); // somebody wants it after all
            if (isWhole(hash)) return;
            jdbc.sql("delete from policy_files where package_hash = ?")
                    .param(hash)
                    .update();
        } else
            jdbc.sql(
                            "insert into policy_packages (hash, scheme, origin, edited_from, frozen_by, frozen_at, calendar_version) values (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            hash,
                            scheme,
                            origin,
                            editedFrom,
                            by,
                            clock.timestamp(),
                            calendars.current().version())
                    .update();
        files.forEach(
                (path, content) -> jdbc.sql("insert into policy_files (package_hash, path, content) values (?, ?, ?)")
                        .params(hash, path, content)
                        .update());
    }

    /** @throws Problem NOT_FOUND, or CONFLICT {@code PACKAGE_DAMAGED} where they are not those that were frozen: nothing is read of them */
    SortedMap<String, byte[]> files(String hash) {
        String scheme = scheme(hash).orElseThrow(Problem::notFound);
        SortedMap<String, byte[]> files = stored(hash);
        if (hash.equals(PolicyPackage.hash(files))) {
            damaged.remove(hash);
            return files;
        }
        Problem broken = Problem.conflict("policy.package.PACKAGE_DAMAGED", scheme, hash.substring(0, 12));
        if (damaged.put(hash, scheme) == null)
            events.publishEvent(new CaseEvent(
                    null,
                    "package-damaged",
                    null,
                    broken.text(),
                    Actor.SYSTEM,
                    null,
                    CaseEvent.Audience.AUDITORS,
                    Map.of("scheme", scheme, "hash", hash)));
        throw broken;
    }

    /** Whether its files are those that were frozen, asked anew. */
    boolean isWhole(String hash) {
        return hash.equals(PolicyPackage.hash(stored(hash)));
    }

    private SortedMap<String, byte[]> stored(String hash) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        jdbc.sql("select path, content from policy_files where package_hash = ?")
                .param(hash)
                .query((ResultSet row) -> {
                    files.put(row.getString(1), row.getBytes(2));
                });
        return files;
    }

    Map<String, String> damaged() {
        return Map.copyOf(damaged);
    }

    /** A frozen copy, see {@link Publication.Version}. */
    record Frozen(
            String hash,
            String scheme,
            String origin,
            String frozenBy,
            Instant frozenAt,
            @Nullable String editedFrom,
            @Nullable String takenBackBy) {}

    /** Newest first. */
    List<Frozen> frozen(String scheme) {
        return jdbc.sql(
                        "select hash, scheme, origin, frozen_by, frozen_at, edited_from, taken_back_by from policy_packages where scheme = ? order by frozen_at desc, hash")
                .param(scheme)
                .query((row, i) -> new Frozen(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Instants.always(row, "frozen_at"),
                        row.getString(6),
                        row.getString(7)))
                .list();
    }

    void takeBack(String hash, String by) {
        jdbc.sql("update policy_packages set taken_back_by = ?, taken_back_at = ? where hash = ?")
                .params(by, clock.timestamp(), hash)
                .update();
    }

    List<String> schemes() {
        return jdbc.sql("select distinct scheme from policy_packages where scheme <> ? order by scheme")
                .param(Registers.CODE)
                .query(String.class)
                .list();
    }

    /** Schemes that are, were or will be in force. */
    Set<String> everInForce() {
        return new HashSet<>(jdbc.sql("select distinct scheme from policies_in_force")
                .query(String.class)
                .list());
    }

    /** The hash of what is in force of each scheme on a day or from a later one on. */
    Set<String> inForceOrLater(LocalDate on) {
        Set<String> hashes = new LinkedHashSet<>(inForce(on));
        hashes.addAll(jdbc.sql(
                        "select package_hash from policies_in_force where from_day > ? and scheme <> ? order by scheme, id")
                .params(on, Registers.CODE)
                .query(String.class)
                .list());
        return hashes;
    }

    /** The hashes of those of one scheme that are put in force from a day after this one. */
    List<String> later(String scheme, LocalDate than) {
        return jdbc.sql(
                        "select package_hash from policies_in_force where scheme = ? and from_day > ? order by from_day, id")
                .params(scheme, than)
                .query(String.class)
                .list();
    }

    /** A line of what holds from a day on. */
    record InForce(long id, String scheme, String hash, LocalDate from, String decidedBy, Instant decidedAt) {}

    void putInForce(String scheme, String hash, LocalDate from, String by) {
        jdbc.sql(
                        "insert into policies_in_force (scheme, package_hash, from_day, decided_by, decided_at) values (?, ?, ?, ?, ?)")
                .params(scheme, hash, from, by, clock.timestamp())
                .update();
    }

    /** Whatever registers a package brings along, it is read with those in force, and keeps them. */
    SortedMap<String, byte[]> withRegisters(String scheme, SortedMap<String, byte[]> files, LocalDate on) {
        Optional<String> now = inForce(Registers.CODE, on);
        if (now.isEmpty() || scheme.isEmpty() || scheme.equals(Registers.CODE)) return files;
        SortedMap<String, byte[]> with = new TreeMap<>(files);
        with.keySet().removeIf(path -> path.startsWith(Registers.FOLDER));
        files(now.get()).forEach((path, content) -> with.put(Registers.FOLDER + path, content));
        return with;
    }

    Optional<String> inForce(String scheme, LocalDate on) {
        return jdbc.sql(
                        "select package_hash from policies_in_force where scheme = ? and from_day <= ? order by from_day desc, id desc fetch first 1 rows only")
                .params(scheme, on)
                .query(String.class)
                .optional();
    }

    /** The hash of what is in force of each scheme, in order of their codes, in one question: every public call asks it. */
    List<String> inForce(LocalDate on) {
        return jdbc.sql("""
            select p.package_hash from policies_in_force p where p.id = (select q.id from policies_in_force q where q.scheme = p.scheme and q.from_day <= ?
              order by q.from_day desc, q.id desc fetch first 1 rows only) and p.scheme <> ? order by p.scheme""").params(on, Registers.CODE).query(String.class).list();
    }

    /** All that was ever put in force, the latest day first. */
    List<InForce> history(String scheme) {
        return jdbc.sql(
                        "select id, scheme, package_hash, from_day, decided_by, decided_at from policies_in_force where scheme = ? order by from_day desc, id desc")
                .param(scheme)
                .query((row, i) -> new InForce(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, LocalDate.class),
                        row.getString(5),
                        Instants.always(row, "decided_at")))
                .list();
    }

    /** @return hash of what the folder of this scheme held when last looked at */
    Optional<String> folder(String scheme) {
        return jdbc.sql("select coalesce(as_written, package_hash) from policy_folders where scheme = ?")
                .param(scheme)
                .query(String.class)
                .optional();
    }

    /** @param hash of the package that was made of it */
    void folderHolds(String scheme, String asWritten, String hash) {
        if (jdbc.sql("update policy_folders set as_written = ?, package_hash = ? where scheme = ?")
                        .params(asWritten, hash, scheme)
                        .update()
                == 0)
            jdbc.sql("insert into policy_folders (scheme, as_written, package_hash) values (?, ?, ?)")
                    .params(scheme, asWritten, hash)
                    .update();
    }

    /** Schemes whose folders were there and not offered at some start. */
    Set<String> waiting() {
        return new HashSet<>(jdbc.sql("select scheme from waiting_schemes")
                .query(String.class)
                .list());
    }

    void waits(String scheme) {
        jdbc.sql("insert into waiting_schemes (scheme, seen_at) values (?, ?)")
                .params(scheme, clock.timestamp())
                .update();
    }

    long propose(String scheme, String hash, LocalDate from, String note, String by) {
        jdbc.sql(
                        "insert into policy_proposals (scheme, package_hash, from_day, note, proposed_by, proposed_at, state) values (?, ?, ?, ?, ?, ?, 'open')")
                .params(scheme, hash, from, note, by, clock.timestamp())
                .update();
        return jdbc.sql("select max(id) from policy_proposals where package_hash = ? and state = 'open'")
                .param(hash)
                .query(Long.class)
                .single();
    }

    Optional<Proposal> proposal(long id) {
        return jdbc.sql("select * from policy_proposals where id = ?")
                .param(id)
                .query(this::readProposal)
                .optional();
    }

    /** Newest first. */
    List<Proposal> proposals(String scheme) {
        return jdbc.sql("select * from policy_proposals where scheme = ? order by id desc")
                .param(scheme)
                .query(this::readProposal)
                .list();
    }

    /** A warning about a proposed package with the reason for which it is wanted all the same. */
    void sign(long proposal, int number, Mistake warning, String reason, String by) {
        jdbc.sql(
                        "insert into policy_warnings (proposal_id, position, place, code, message_zh, message_en, reason, signed_by, signed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        proposal,
                        number,
                        warning.field(),
                        warning.code(),
                        warning.message().zh(),
                        warning.message().en(),
                        reason,
                        by,
                        clock.timestamp())
                .update();
    }

    List<Publication.Signed> signed(long proposal) {
        return jdbc.sql("select * from policy_warnings where proposal_id = ? order by position")
                .param(proposal)
                .query((row, i) -> new Publication.Signed(
                        new Mistake(
                                row.getString("place"),
                                row.getString("code"),
                                new Text(row.getString("message_zh"), row.getString("message_en"))),
                        row.getString("reason"),
                        row.getString("signed_by"),
                        Instants.always(row, "signed_at")))
                .list();
    }

    void decide(long id, String state, String by, String reason) {
        jdbc.sql("update policy_proposals set state = ?, decided_by = ?, decided_at = ?, reason = ? where id = ?")
                .params(state, by, clock.timestamp(), reason, id)
                .update();
    }

    private Proposal readProposal(ResultSet row, int index) throws SQLException {
        return new Proposal(
                row.getLong("id"),
                row.getString("scheme"),
                row.getString("package_hash"),
                row.getObject("from_day", LocalDate.class),
                row.getString("note"),
                row.getString("proposed_by"),
                Instants.always(row, "proposed_at"),
                row.getString("state"),
                row.getString("decided_by"),
                Instants.in(row, "decided_at"),
                row.getString("reason"));
    }
}
