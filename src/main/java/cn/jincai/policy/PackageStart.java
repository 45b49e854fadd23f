package cn.jincai.policy;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.registers.Registers;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at the folders when the application starts, before it is ready: a scheme that the database does not have is published; a changed folder is
 * published at once in the demo and is a proposal elsewhere. A broken folder is told and changes nothing; the other schemes go on. A scheme that is not
 * {@code offered} is noted by its code and read no further; when its folder offers it, that is a change as any other.
 */
@Component
public class PackageStart {
    private static final Logger LOG = LoggerFactory.getLogger(PackageStart.class);

    private final PackageFolders folders;
    private final boolean demo;
    private final PackageStore store;
    private final Publication publication;
    private final PackageWarnings warnings;
    private final CityClock clock;
    private final TransactionTemplate transaction;
    private final Map<String, List<Mistake>> broken = new ConcurrentSkipListMap<>();

    PackageStart(
            PackageFolders folders,
            Environment environment,
            PackageStore store,
            Publication publication,
            PackageWarnings warnings,
            CityClock clock,
            PlatformTransactionManager transactions) {
        this.folders = folders;
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
        this.store = store;
        this.publication = publication;
        this.warnings = warnings;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Findings of folders that could not be published at this start, by scheme. */
    public Map<String, List<Mistake>> broken() {
        return Map.copyOf(broken);
    }

    @EventListener(ApplicationStartedEvent.class)
    void look() {
        broken.clear();
        if (!folders.registers().isEmpty()) attempt(Registers.CODE, this::registers); // packages are read with them
        Set<String> notOffered = Set.copyOf(folders.notOffered()),
                published = store.everInForce(), // an upload alone offers nothing
                waiting = store.waiting();
        for (String scheme : folders.all())
            if (!notOffered.contains(scheme) || published.contains(scheme)) attempt(scheme, () -> folder(scheme));
            else if (!waiting.contains(scheme)) attempt(scheme, () -> waits(scheme));
    }

    private void waits(String scheme) {
        store.lock();
        if (!store.waiting().contains(scheme)) store.waits(scheme); // another node may have been first
    }

    /** As a scheme's folder: the first have always held, changed ones are a proposal outside the demo. */
    private void registers() {
        SortedMap<String, byte[]> files = folders.registers();
        String hash = PolicyPackage.hash(files);
        if (isKnown(Registers.CODE, hash)) return;
        publication.check(Registers.CODE, files);
        store.keep(Registers.CODE, hash, files, "folder", null, Actor.SYSTEM.account());
        store.folderHolds(Registers.CODE, hash, hash);
        boolean isNew = store.inForce(Registers.CODE, clock.today()).isEmpty();
        holds(Registers.CODE, hash, isNew ? LocalDate.EPOCH : clock.today(), demo || isNew);
    }

    private void folder(String scheme) {
        SortedMap<String, byte[]> written = folders.files(scheme);
        String asWritten = PolicyPackage.hash(written);
        if (isKnown(scheme, asWritten)) return;
        SortedMap<String, byte[]> files = store.withRegisters(scheme, written, clock.today());
        PolicyPackage pack = publication.read(scheme, files);
        boolean isNew = store.inForce(scheme, clock.today()).isEmpty();
        store.keep(scheme, pack.hash(), files, "folder", null, Actor.SYSTEM.account());
        store.folderHolds(scheme, asWritten, pack.hash());
        warnings.all(scheme, pack.hash())
                .forEach(w -> LOG.warn(
                        "Scheme {}: {}: {} {}",
                        scheme,
                        w.field(),
                        w.message().en(),
                        w.message().zh()));
        holds(
                scheme,
                pack.hash(),
                isNew ? firstDay(pack) : clock.today(),
                demo || isNew && !store.waiting().contains(scheme));
    }

    /** Whether a folder is as it was when last looked at; where it is not, nobody else looks at one until the transaction ends. */
    private boolean isKnown(String scheme, String asWritten) {
        if (store.folder(scheme).filter(asWritten::equals).isPresent()) return true;
        store.lock();
        return store.folder(scheme).filter(asWritten::equals).isPresent(); // another node was first
    }

    private void holds(String scheme, String hash, LocalDate from, boolean atOnce) {
        if (atOnce) publication.putInForce(scheme, hash, from, Actor.SYSTEM, null);
        else {
            Text changed = Text.of("policy.package.folderChanged");
            store.propose(scheme, hash, clock.today(), changed.zh() + " " + changed.en(), Actor.SYSTEM.account());
        }
    }

    /** A scheme's first package has been in force since its oldest rules are: whatever day it is loaded on. */
    private LocalDate firstDay(PolicyPackage pack) {
        return pack.rulesets().stream()
                .map(Ruleset::inForceFrom)
                .filter(day -> day.isBefore(clock.today()))
                .min(LocalDate::compareTo)
                .orElse(clock.today());
    }

    private void attempt(String scheme, Runnable step) {
        try {
            transaction.executeWithoutResult(status -> step.run());
        } catch (Problem problem) {
            List<Mistake> mistakes = problem.mistakes().isEmpty()
                    ? List.of(new Mistake("", problem.code(), problem.text()))
                    : problem.mistakes();
            broken.put(scheme, mistakes);
            LOG.error(
                    "Scheme {} is not published; what was in force stays:{}",
                    scheme,
                    String.join(
                            "",
                            mistakes.stream()
                                    .map(m -> "\n  " + m.field() + ": "
                                            + m.message().en() + " "
                                            + m.message().zh())
                                    .toList()));
        } catch (RuntimeException refused) {
            // whatever the engine has against it must not keep the other schemes from starting
            broken.put(scheme, List.of(Mistake.of("", "policy.package.NOT_DEPLOYED")));
            LOG.error("Scheme {} is not published; what was in force stays", scheme, refused);
        }
    }
}
