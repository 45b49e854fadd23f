package cn.jincai.policy;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.policy.reading.PackageReader;
import cn.jincai.policy.registers.RegisterCheck;
import cn.jincai.policy.registers.Registers;
import cn.jincai.policy.registers.RegistersReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How a package comes into force: one uploads and proposes it with a day, another publishes it. A case keeps to the package of its submission, so
 * nothing that runs is touched; putting an earlier package back is a proposal like any other.
 */
@Service
public class Publication {
    private static final Predicate<Mistake> NOT_WORKED_CASES =
            mistake -> !mistake.code().equals("EXAMPLE");

    private final PackageStore store;
    private final PolicyRows rows;
    private final Gate gate;
    private final PackageWarnings warnings;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Publication(
            PackageStore store,
            PolicyRows rows,
            Gate gate,
            PackageWarnings warnings,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.rows = rows;
        this.gate = gate;
        this.warnings = warnings;
        this.clock = clock;
        this.events = events;
    }

    /**
     * One version of a scheme.
     *
     * @param origin {@code folder}, {@code upload}, {@code edited} on a page, or {@code trial} for a what-if run
     * @param days   on which it was or will be put in force, the latest first; empty for one that never was
     * @param editedFrom  hash of the version from which it comes, null where it was not changed on a page
     * @param takenBackBy who went back to that one, or null
     */
    public record Version(
            String scheme,
            String hash,
            String origin,
            String frozenBy,
            Instant frozenAt,
            List<LocalDate> days,
            boolean inForce,
            @Nullable String editedFrom,
            @Nullable String takenBackBy) {
        public boolean isTakenBack() {
            return takenBackBy != null;
        }

        /** From which day on it is in force: today where it is already, its next day where it has one. */
        public Optional<LocalDate> begins(LocalDate today) {
            return inForce
                    ? Optional.of(today)
                    : days.stream().filter(day -> day.isAfter(today)).min(LocalDate::compareTo);
        }
    }

    /** A package is in force or will be. Its diagrams are deployed in the same transaction. */
    public record Published(String scheme, String hash) {}

    /** The same of registers, which are no package. */
    public record RegistersPublished(String hash) {}

    public List<String> schemes() {
        return store.schemes();
    }

    /** Newest first. */
    public List<Version> versions(String scheme) {
        Optional<String> today = store.inForce(scheme, clock.today());
        List<PackageStore.InForce> history = store.history(scheme);
        return store.frozen(scheme).stream()
                .map(f -> new Version(
                        scheme,
                        f.hash(),
                        f.origin(),
                        f.frozenBy(),
                        f.frozenAt(),
                        history.stream()
                                .filter(h -> h.hash().equals(f.hash()))
                                .map(PackageStore.InForce::from)
                                .toList(),
                        today.filter(f.hash()::equals).isPresent(),
                        f.editedFrom(),
                        f.takenBackBy()))
                .toList();
    }

    /** Newest first. */
    public List<Proposal> proposals(String scheme) {
        return store.proposals(scheme);
    }

    /**
     * What came of an upload: the package, frozen but not in force, or all that is wrong with it and then nothing was kept.
     *
     * @param hash     empty where nothing was kept
     * @param findings as they are best read; those of a package that was kept stop nothing
     */
    public record Upload(String scheme, String hash, List<Findings.Found> findings, SortedMap<String, byte[]> files) {
        public boolean isKept() {
            return !hash.isEmpty();
        }

        /** What stopped it. */
        public List<Mistake> mistakes() {
            return findings.stream()
                    .filter(Findings.Found::stops)
                    .map(Findings.Found::mistake)
                    .toList();
        }
    }

    /** Reads and checks a zip. Nothing is kept unless everything is in order. */
    @Transactional
    public Upload upload(byte[] zip, Actor by) {
        return upload(zip, by, "upload", mistake -> true);
    }

    /** The same for a what-if run: worked cases need not hold yet, since a changed sum changes them. Before it takes effect everything is checked again. */
    @Transactional
    public Upload tryOut(byte[] zip, Actor by) {
        return upload(zip, by, "trial", NOT_WORKED_CASES);
    }

    /** What would come of an upload: everything is looked at and nothing is kept. */
    public Upload look(byte[] zip, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        Findings findings = new Findings();
        SortedMap<String, byte[]> files = PackageZip.read(zip, findings);
        String scheme = findings.isEmpty() ? Gate.code(files) : "";
        if (findings.isEmpty()) gate.look(scheme, store.withRegisters(scheme, files, clock.today()), findings);
        return new Upload(scheme, "", findings.inOrder(), files);
    }

    /**
     * Keeps what was changed on a page, as an upload would. Worked cases need not hold yet, since a changed sum changes them: {@link #unfit} tells which, and none may
     * be left when it is proposed.
     *
     * @param from hash of the version that was changed
     */
    @Transactional
    public Upload edit(SortedMap<String, byte[]> files, String from, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        return keep(files, new Findings(), by, "edited", from, NOT_WORKED_CASES);
    }

    private Upload upload(byte[] zip, Actor by, String origin, Predicate<Mistake> stops) {
        by.mustBe(Role.POLICY_ADMIN);
        Findings findings = new Findings();
        return keep(PackageZip.read(zip, findings), findings, by, origin, null, stops);
    }

    private Upload keep(
            SortedMap<String, byte[]> given,
            Findings findings,
            Actor by,
            String origin,
            @Nullable String from,
            Predicate<Mistake> stops) {
        if (!findings.isEmpty()) return refused("", findings, given, by);
        String scheme = Gate.code(given);
        SortedMap<String, byte[]> files = store.withRegisters(scheme, given, clock.today());
        gate.look(scheme, files, findings);
        if (findings.all().stream().anyMatch(stops)) return refused(scheme, findings, files, by);
        String hash = PolicyPackage.hash(files);
        if (findings.isEmpty() && !scheme.equals(Registers.CODE)) warnings.keep(hash, findings);
        store.lock();
        store.keep(scheme, hash, files, origin, hash.equals(from) ? null : from, by.account());
        tell("policy.event.package-uploaded", by, Role.POLICY_ADMIN, Map.of("scheme", scheme, "hash", hash));
        return new Upload(scheme, hash, findings.inOrder(), files);
    }

    /** Whether a package was read with other registers than those in force today. */
    public boolean isBehindRegisters(PolicyPackage pack) {
        return !PolicyPackage.hash(store.withRegisters(pack.scheme(), pack.files(), clock.today()))
                .equals(pack.hash());
    }

    private Upload refused(String scheme, Findings findings, SortedMap<String, byte[]> files, Actor by) {
        tell(
                "policy.event.package-refused",
                by,
                Role.POLICY_ADMIN,
                Map.of("findings", String.valueOf(findings.all().size())));
        return new Upload(scheme, "", findings.inOrder(), files);
    }

    /**
     * Goes back from what was changed on a page to the version before it. The one that is left stays kept and can't be proposed any more; whoever saves the same once
     * more has it again.
     *
     * @return hash of the version before
     * @throws Problem CONFLICT where it was not changed on a page, was in force, or is proposed
     */
    @Transactional
    public String takeBack(String scheme, String hash, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        store.lock();
        Version version = version(scheme, hash);
        String before = version.editedFrom();
        if (before == null || version.isTakenBack() || !version.days().isEmpty())
            throw Problem.conflict("policy.publication.NOT_ON_ITS_WAY");
        if (versions(scheme).stream().anyMatch(v -> hash.equals(v.editedFrom()) && !v.isTakenBack()))
            throw Problem.conflict("policy.publication.GONE_ON_FROM");
        if (store.proposals(scheme).stream()
                .anyMatch(p -> p.isOpen() && p.hash().equals(hash)))
            throw Problem.conflict("policy.publication.PROPOSED_ALREADY");
        store.takeBack(hash, by.account());
        tell("policy.event.package-taken-back", by, Role.POLICY_ADMIN, Map.of("scheme", scheme, "hash", hash));
        return before;
    }

    /**
     * Typed, and checked by every room that understands a part of it.
     *
     * @throws Problem INVALID with all that is wrong
     */
    PolicyPackage read(String scheme, SortedMap<String, byte[]> files) {
        return check(scheme, files).orElseThrow();
    }

    /** The same of registers, which are no package. */
    Optional<PolicyPackage> check(String scheme, SortedMap<String, byte[]> files) {
        Findings findings = new Findings();
        Optional<PolicyPackage> candidate = gate.look(scheme, files, findings);
        findings.throwIfAny();
        candidate.ifPresent(pack -> warnings.keep(pack.hash(), findings));
        return candidate;
    }

    /** What stops a kept package from being proposed today: mostly worked cases that say something else than its rules, each with what comes out. */
    public List<Findings.Found> unfit(String scheme, String hash) {
        Findings findings = new Findings();
        gate.look(scheme, files(scheme, hash), findings);
        if (findings.isEmpty()) warnings.keep(hash, findings);
        return findings.inOrder().stream().filter(Findings.Found::stops).toList();
    }

    /** A warning with the signature under it. */
    public record Signed(Mistake warning, String reason, String by, Instant at) {}

    /** What whoever proposed it signed. */
    public List<Signed> signed(long proposal) {
        return store.signed(proposal);
    }

    /** What the checks find odd in a kept package and the one in force does not have already: each needs a signature. */
    public List<Mistake> warnings(String scheme, String hash) {
        return warnings.toBeSigned(scheme, hash);
    }

    /**
     * Proposes a kept package, a new one or an earlier one.
     *
     * @param from the first day, today or later
     * @throws Problem INVALID for a day gone by, CONFLICT where the same is proposed already or holds from that day
     */
    @Transactional
    public Proposal propose(String scheme, String hash, @Nullable LocalDate from, String note, Actor by) {
        return propose(scheme, hash, from, note, List.of(), by);
    }

    /**
     * The same with a signature under each warning.
     *
     * @param reasons why the package is wanted all the same, in the order of {@link #warnings}
     * @throws Problem also INVALID where one is missing, at {@code warning-0} and so on
     */
    @Transactional
    public Proposal propose(
            String scheme, String hash, @Nullable LocalDate from, String note, List<String> reasons, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        mayBeProposed(scheme, hash);
        if (!unfit(scheme, hash).isEmpty()) throw Problem.conflict("policy.publication.UNFIT");
        List<Mistake> odd = warnings(scheme, hash), unsigned = new ArrayList<>();
        for (int i = 0; i < odd.size(); i++)
            if (i >= reasons.size() || isUnfit(reasons.get(i)))
                unsigned.add(Mistake.of("warning-" + i, "policy.publication.warning.REQUIRED"));
        if (!unsigned.isEmpty()) throw Problem.invalid(unsigned);
        if (from == null || from.isBefore(clock.today())) throw Problem.invalid("from", "policy.publication.DAY_GONE");
        if (isUnfit(note)) throw Problem.invalid("note", "policy.publication.note.REQUIRED");
        mustHaveItsRoles(scheme, hash, from);
        store.lock();
        mayBeProposed(scheme, hash); // once more: it was looked at for a while
        if (store.proposals(scheme).stream()
                .anyMatch(p -> p.isOpen() && p.hash().equals(hash)))
            throw Problem.conflict("policy.publication.PROPOSED_ALREADY");
        if (store.inForce(scheme, from).filter(hash::equals).isPresent())
            throw Problem.conflict("policy.publication.IN_FORCE_ALREADY");
        long id = store.propose(scheme, hash, from, note.strip(), by.account());
        for (int i = 0; i < odd.size(); i++) {
            Mistake warning = odd.get(i);
            store.sign(id, i, warning, reasons.get(i).strip(), by.account());
            Map<String, String> signed =
                    Map.of("scheme", scheme, "hash", hash, "code", warning.code(), "place", warning.field());
            tell("policy.event.warning-signed", by, Role.POLICY_ADMIN, signed);
        }
        tell("policy.event.package-proposed", by, Role.POLICY_ADMIN, details(scheme, hash, from));
        return find(id);
    }

    private void mustHaveItsRoles(String scheme, String hash, LocalDate from) {
        if (scheme.equals(Registers.CODE)) return;
        store.inForce(Registers.CODE, from)
                .map(now -> RegistersReader.ofVersion(store.files(now), new Findings()))
                .ifPresent(now ->
                        RegisterCheck.mustHaveItsRoles(PackageReader.read(scheme, store.files(hash)), now, from));
    }

    private void mayBeProposed(String scheme, String hash) {
        if (version(scheme, hash).isTakenBack()) throw Problem.conflict("policy.publication.TAKEN_BACK");
    }

    /**
     * Puts a proposed package in force. It is read and checked once more, and deployed in the same transaction.
     *
     * @throws Problem FORBIDDEN for the one who proposed it (two persons), CONFLICT where it is decided already, INVALID where it no longer passes
     */
    @Transactional
    public void publish(long id, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        store.lock();
        Proposal proposal = open(id, by);
        check(proposal.scheme(), store.files(proposal.hash()));
        LocalDate from = proposal.from().isBefore(clock.today()) ? clock.today() : proposal.from();
        mustHaveItsRoles(proposal.scheme(), proposal.hash(), from);
        store.decide(id, "published", by.account(), "");
        putInForce(proposal.scheme(), proposal.hash(), from, by, Role.POLICY_APPROVER);
    }

    /** @throws Problem INVALID without a reason; else as {@link #publish} */
    @Transactional
    public void decline(long id, String reason, Actor by) {
        by.mustBe(Role.POLICY_APPROVER);
        if (isUnfit(reason)) throw Problem.invalid("reason", "policy.publication.reason.REQUIRED");
        store.lock();
        Proposal proposal = open(id, by);
        store.decide(id, "declined", by.account(), reason.strip());
        tell(
                "policy.event.package-declined",
                by,
                Role.POLICY_APPROVER,
                details(proposal.scheme(), proposal.hash(), proposal.from()));
    }

    /**
     * Takes a proposal back, so that another day, note or package can be proposed.
     *
     * @throws Problem FORBIDDEN for anybody but the one who proposed it (what the folders proposed: any policy administrator), CONFLICT where it is decided already
     */
    @Transactional
    public void withdraw(long id, Actor by) {
        by.mustBe(Role.POLICY_ADMIN);
        store.lock();
        Proposal proposal = find(id);
        if (!proposal.isOpen()) throw Problem.conflict("policy.publication.DECIDED_ALREADY");
        if (!proposal.mayBeWithdrawnBy(by.account())) throw Problem.forbidden("policy.publication.OTHER_PERSON");
        store.decide(id, "withdrawn", by.account(), "");
        tell(
                "policy.event.package-withdrawn",
                by,
                Role.POLICY_ADMIN,
                details(proposal.scheme(), proposal.hash(), proposal.from()));
    }

    /** For the system at its start and for {@link #publish}; under the store's lock. */
    void putInForce(String scheme, String hash, LocalDate from, Actor by, @Nullable Role as) {
        store.putInForce(scheme, hash, from, by.account());
        events.publishEvent(scheme.equals(Registers.CODE) ? new RegistersPublished(hash) : new Published(scheme, hash));
        Map<String, String> details = new HashMap<>(details(scheme, hash, from));
        details.put(PolicyRows.HASH, rows.hash(scheme));
        tell("policy.event." + PolicyRows.KIND, by, as, details);
    }

    /** The zip of a kept package, to be edited with Modeler and a text editor and uploaded again. */
    public byte[] zip(String scheme, String hash) {
        kept(scheme, hash);
        return PackageZip.write(store.files(hash));
    }

    /** One version. @throws Problem NOT_FOUND */
    public Version version(String scheme, String hash) {
        return versions(scheme).stream()
                .filter(v -> v.hash().equals(hash))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    /** The files of a kept package by their path. */
    public SortedMap<String, byte[]> files(String scheme, String hash) {
        kept(scheme, hash);
        return store.files(hash);
    }

    /** What is different from the package in force today, in order of path; everything where none is. */
    public List<PackageDifference> differences(String scheme, String hash) {
        SortedMap<String, byte[]> now =
                store.inForce(scheme, clock.today()).map(store::files).orElseGet(TreeMap::new);
        return PackageDifference.between(now, files(scheme, hash));
    }

    /** @throws Problem NOT_FOUND */
    public Proposal find(long id) {
        return store.proposal(id).orElseThrow(Problem::notFound);
    }

    private void kept(String scheme, String hash) {
        if (store.frozen(scheme).stream().noneMatch(f -> f.hash().equals(hash))) throw Problem.notFound();
    }

    private Proposal open(long id, Actor by) {
        Proposal proposal = find(id);
        if (!proposal.isOpen()) throw Problem.conflict("policy.publication.DECIDED_ALREADY");
        if (proposal.proposedBy().equals(by.account())) throw Problem.forbidden("policy.publication.SAME_PERSON");
        return proposal;
    }

    private static boolean isUnfit(String words) {
        return words == null || words.isBlank() || words.length() > 2000;
    }

    private static Map<String, String> details(String scheme, String hash, LocalDate from) {
        return Map.of("scheme", scheme, "hash", hash, "from", from.toString());
    }

    private void tell(String key, Actor by, @Nullable Role as, Map<String, String> details) {
        events.publishEvent(CaseEvent.forAuditors(key, by, as, details));
    }
}
