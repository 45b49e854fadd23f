package cn.jincai.review;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.OpenCases;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places of a year 年度名额 where the scheme has a quota, in the order of arrival: by the instant of the first submission, then by number. Who arrived before and is still
 * undecided keeps his place, so nobody comes sooner because another's papers took longer. What was granted in another year, or given up, takes none (decision 173).
 */
@Service
@Transactional
public class YearlyPlaces {
    private final JdbcClient db;
    private final CaseFile cases;
    private final OpenCases open;
    private final CurrentJudgement standing;
    private final Packages packages;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    YearlyPlaces(
            JdbcClient db,
            CaseFile cases,
            OpenCases open,
            CurrentJudgement standing,
            Packages packages,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.cases = cases;
        this.open = open;
        this.standing = standing;
        this.packages = packages;
        this.clock = clock;
        this.events = events;
    }

    /** Whether the case may be decided as it stands: it takes no place, or there is one for it. Asked one after the other until the transaction ends. */
    public boolean isFree(CaseNumber number) {
        Case file = cases.get(number);
        Scheme.Quota quota = quota(file);
        if (quota == null
                || standing.of(number).stream()
                        .noneMatch(b -> b.isGranted() && quota.benefits().contains(b.code()))) return true;
        Lock.PLACES.hold(db);
        return line(file) == 0;
    }

    /** Tells the applicant that he waits, and at which place. */
    public void joins(CaseNumber number) {
        Case file = cases.get(number);
        events.publishEvent(new CaseEvent(
                number,
                "in-line",
                file.stage().code(),
                Text.of("review.event.in-line", line(file)),
                Actor.SYSTEM,
                null,
                Audience.APPLICANT,
                Map.of()));
    }

    /** The place of a case that waits in line: how many places have to become free until one is its own; empty where it does not wait. */
    public Optional<Long> inLine(CaseNumber number) {
        Case file = cases.get(number);
        long place = file.stage().is(Kind.WAITS_IN_LINE) ? line(file) : 0;
        return place == 0 ? Optional.empty() : Optional.of(place);
    }

    /** 0 where there is a place for it. */
    private long line(Case file) {
        Scheme.Quota quota = quota(file);
        if (quota == null) return 0;
        Long places = perYear(file, quota);
        if (places == null) return 0;
        long before = open.undecidedBefore(file) + granted(file.scheme(), quota.benefits());
        return Math.max(0, before - places + 1);
    }

    private long granted(String scheme, List<String> benefits) {
        LocalDate today = clock.today();
        return db.sql("""
            select count(distinct case_number) from decided_benefits where scheme = :scheme and benefit in (:benefits) and outcome = 'granted'
            and not given_up and decided_on between :first and :last""")
                .param("scheme", scheme)
                .param("benefits", benefits)
                .param("first", today.withDayOfYear(1))
                .param("last", today.withDayOfYear(today.lengthOfYear()))
                .query(Long.class)
                .single();
    }

    /** Of the version in force, since a year's places are the city's and not the case's; a case whose own version has none stands in no line. */
    private Scheme.@Nullable Quota quota(Case file) {
        return packages.byHash(file.packageHash()).catalogue().way().quota() == null
                ? null
                : ofToday(file).catalogue().way().quota();
    }

    private PolicyPackage ofToday(Case file) {
        return packages.inForce().stream()
                .filter(p -> p.scheme().equals(file.scheme()))
                .findFirst()
                .orElseGet(() -> packages.byHash(file.packageHash()));
    }

    /** Null where the parameter says that nothing is asked today. */
    private @Nullable Long perYear(Case file, Scheme.Quota quota) {
        if (quota.parameter() == null) return quota.number();
        LocalDate today = clock.today();
        List<Ruleset> rulesets = ofToday(file).rulesets();
        Ruleset now = rulesets.stream()
                .filter(r -> !r.inForceFrom().isAfter(today))
                .max(Comparator.comparing(Ruleset::inForceFrom))
                .orElseGet(() -> rulesets.get(0));
        return (Long) Objects.requireNonNull(now.parameters().get(quota.parameter()), quota.parameter())
                .heldOn(today);
    }
}
