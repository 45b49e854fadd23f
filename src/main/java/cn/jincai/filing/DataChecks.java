package cn.jincai.filing;

import cn.jincai.applicant.EmployerChanges;
import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.completeness.Questions;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Lock;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.planning.OwnRecords;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.registry.Answer;
import cn.jincai.registry.EveryDocument;
import cn.jincai.registry.Subject;
import cn.jincai.vault.Vault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Data checks 数据核验: the sources are asked, and what the applicant can put right is asked of him. A source that is down never ends in a refusal. */
@Service
@Transactional
public class DataChecks {
    private final CaseTable cases;
    private final Packages packages;
    private final EveryDocument everyDocument;
    private final EmployerChanges employers;
    private final OwnRecords ownRecords;
    private final CaseFacts facts;
    private final CaseLines lines;
    private final LineChecks lineChecks;
    private final CaseAssessments assessments;
    private final Completeness completeness;
    private final Questions questions;
    private final CaseLifecycle way;
    private final Identity identity;
    private final Vault vault;
    private final JdbcClient db;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    DataChecks(
            CaseTable cases,
            Packages packages,
            EveryDocument everyDocument,
            EmployerChanges employers,
            OwnRecords ownRecords,
            CaseFacts facts,
            CaseLines lines,
            LineChecks lineChecks,
            CaseAssessments assessments,
            Completeness completeness,
            Questions questions,
            CaseLifecycle way,
            Identity identity,
            Vault vault,
            JdbcClient db,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.packages = packages;
        this.everyDocument = everyDocument;
        this.employers = employers;
        this.ownRecords = ownRecords;
        this.facts = facts;
        this.lines = lines;
        this.lineChecks = lineChecks;
        this.assessments = assessments;
        this.completeness = completeness;
        this.questions = questions;
        this.way = way;
        this.identity = identity;
        this.vault = vault;
        this.db = db;
        this.clock = clock;
        this.events = events;
    }

    /** One try at each source that has not answered for the answers as they stand; true when all have. */
    public boolean check(CaseNumber number) {
        Case file = cases.get(number);
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        boolean all = true;
        for (var entry : factsBySource(scheme).entrySet()) {
            String source = entry.getKey();
            Subject subject = subject(file);
            String others = everyDocument.askedOf(scheme, file.person(), entry.getValue());
            String employer = Objects.equals(subject.employerCode(), file.employerCode()) ? "" : subject.employerCode();
            String askedWith = vault.fingerprint("answers", source + file.answers() + others + employer);
            if (hasAnswered(number, source, askedWith)) continue;
            Answer answer = everyDocument.ask(scheme, file.person(), source, subject, entry.getValue());
            boolean answered = answer instanceof Answer.Answered;
            if (answer instanceof Answer.Answered a) facts.recordAnswer(number, scheme, source, a.facts(), a.asOf());
            remember(number, source, askedWith, answered);
            if (!answered) noteSilence(file, source);
            all &= answered;
        }
        for (String source : lineChecks.check(file, scheme)) {
            noteSilence(file, source);
            all = false;
        }
        readOwnRecords(number);
        assessments.keep(cases.get(number), "data-checks", Adjustments.NONE);
        return all;
    }

    private void noteSilence(Case file, String source) {
        events.publishEvent(file.event("source-silent", Actor.SYSTEM, null, Audience.OFFICERS, Map.of(), source));
    }

    /** What this house itself has granted and paid; read anew each time that something is decided on it (rulebook 7.10). */
    public void readOwnRecords(CaseNumber number) {
        Case file = cases.get(number);
        PolicyPackage pack = packages.byHash(file.packageHash());
        Map<String, Object> known = facts.effective(file);
        facts.recordAnswer(
                number,
                pack.catalogue(),
                CaseFacts.OWN_RECORDS,
                ownRecords.of(pack.catalogue(), recordsOf(file), file.assessedOn(clock.today()), known),
                clock.today());
        if (lines.isEmpty(number)) return;
        lines.recordOwn(
                number,
                lines.of(file).stream()
                        .map(line -> {
                            Map<String, Object> ofLine = new HashMap<>(known);
                            ofLine.putAll(line.facts());
                            return ownRecords.ofLine(
                                    pack.catalogue(), recordsOf(file), file.assessedOn(clock.today()), ofLine);
                        })
                        .toList());
    }

    /** Until the transaction ends nobody decides another case that counts the same grants. */
    public void holdRecords(CaseNumber number) {
        Case file = cases.get(number);
        ownRecords.hold(packages.byHash(file.packageHash()).catalogue(), recordsOf(file), facts.effective(file));
        if (!lines.isEmpty(number)) Lock.ROSTERS.hold(db);
    }

    private static OwnRecords.Subject recordsOf(Case file) {
        return new OwnRecords.Subject(file.person(), file.employerCode());
    }

    private static Map<String, Set<String>> factsBySource(Scheme scheme) {
        return scheme.facts().stream()
                .filter(f -> f.isOutside() && !scheme.isOfLine(f.name()))
                .collect(Collectors.groupingBy(
                        Scheme.Fact::source,
                        TreeMap::new,
                        Collectors.mapping(Scheme.Fact::name, Collectors.toCollection(LinkedHashSet::new))));
    }

    private Subject subject(Case file) {
        return new Subject(
                file.answer("name"),
                file.answer("documentType"),
                file.answer("documentNumber"),
                employers.today(file.employerCode()),
                completeness.values(file.answers()));
    }

    /** For the answers as they stand, and not longer ago than the source's answers are good for. */
    private boolean hasAnswered(CaseNumber number, String source, String askedWith) {
        return db.sql(
                        "select asked_at from case_sources where case_number = ? and source = ? and answered and asked_with = ?")
                .params(number.value(), source, askedWith)
                .query((row, i) -> Instants.always(row, "asked_at"))
                .optional()
                .map(at -> everyDocument.isGood(source, at))
                .orElse(false);
    }

    private void remember(CaseNumber number, String source, String askedWith, boolean answered) {
        int rows = db.sql(
                        "update case_sources set asked_with = ?, asked_at = ?, answered = ? where case_number = ? and source = ?")
                .params(askedWith, clock.timestamp(), answered, number.value(), source)
                .update();
        if (rows == 0) {
            db.sql(
                            "insert into case_sources (case_number, source, asked_with, asked_at, answered) values (?, ?, ?, ?, ?)")
                    .params(number.value(), source, askedWith, clock.timestamp(), answered)
                    .update();
        }
    }

    /** Sources that have not answered; their facts are unknown, which only an officer can clear. */
    public Set<String> silent(CaseNumber number) {
        return new LinkedHashSet<>(
                db.sql("select source from case_sources where case_number = ? and not answered order by source")
                        .param(number.value())
                        .query(String.class)
                        .list());
    }

    /**
     * Asks the applicant, once for each thing, for what he can put right: a SUPPLEMENT reason whose source has answered, of a benefit that is not
     * refused anyway (rulebook 7.1).
     *
     * @return whether something was asked, so that the case waits for a supplement
     */
    public boolean asksApplicant(CaseNumber number) {
        Case file = cases.get(number);
        Set<String> before = questions.everAsked(number);
        Map<String, Text> items = new LinkedHashMap<>();
        mendable(file).forEach((item, why) -> {
            if (!before.contains(item)) items.put(item, why);
        });
        if (items.isEmpty()) return false;
        way.ask(number, file.stage().steps().first(Kind.CHECKS_DATA), items, Actor.SYSTEM, null);
        return true;
    }

    private static Text both(Text one, Text other) {
        return one.zh().contains(other.zh()) ? one : new Text(one.zh() + " " + other.zh(), one.en() + " " + other.en());
    }

    /**
     * Whether the applicant was asked to prove the fact: at the data checks or by a reviewer, for the counter asks before any source has spoken. Of a source that is silent now, only a reviewer's question counts: what the system asked
     * earlier rested on an answer for which there is none any more.
     */
    public boolean wasAskedToProve(Case file, String fact) {
        PolicyPackage pack = packages.byHash(file.packageHash());
        boolean isSilent = pack.catalogue()
                .fact(fact)
                .map(f -> silent(file.number()).contains(f.source()))
                .orElse(false);
        Kind[] asNoProof = isSilent ? new Kind[] {Kind.ACCEPTS, Kind.CHECKS_DATA} : new Kind[] {Kind.ACCEPTS};
        Set<String> asked =
                questions.askedElsewhere(file.number(), file.stage().steps().keys(asNoProof));
        return completeness.itemsFor(pack, fact).stream().anyMatch(asked::contains);
    }

    /** All that the applicant could put right now, each with its own reasons; pre-fills what a reviewer asks for. */
    public Map<String, Text> mendable(Case file) {
        PolicyPackage pack = packages.byHash(file.packageHash());
        Set<String> silent = silent(file.number());
        Map<String, Text> items = new LinkedHashMap<>();
        for (var benefit : assessments.of(file).benefits()) {
            if (benefit.verdict() == Verdict.REJECT) continue;
            for (var reason : benefit.reasons()) {
                String fact = reason.fact();
                if (fact == null) continue;
                boolean answered = pack.catalogue()
                        .fact(fact)
                        .map(f -> !silent.contains(f.source()))
                        .orElse(true);
                if (reason.effect() == Verdict.SUPPLEMENT && answered) {
                    completeness.itemsFor(pack, fact).forEach(i -> items.merge(i, reason.mend(), DataChecks::both));
                }
            }
        }
        return items;
    }

    /**
     * The supplement's limit ran out. What was asked about lapses without prejudice; a benefit that can be decided without it goes on as handed in.
     *
     * @return whether any benefit is left to decide
     */
    public boolean goesOnWithoutAnswer(CaseNumber number) {
        Case file = cases.hold(number);
        questions.lapsed(number);
        identity.putBack(file);
        cases.change(number, c -> c.asks(List.of(), c.askedBy()));
        events.publishEvent(file.event("supplement-lapsed", Actor.SYSTEM, null, Audience.APPLICANT, Map.of()));
        return assessments.of(file).benefits().size()
                > lapsedBenefits(cases.get(number)).size();
    }

    /** Benefits that can't be decided without what was asked for and not answered. */
    public Set<String> lapsedBenefits(Case file) {
        Set<String> items = questions.lapsedItems(file.number());
        if (items.isEmpty()) return Set.of();
        PolicyPackage pack = packages.byHash(file.packageHash());
        Set<String> lapsed = new LinkedHashSet<>();
        for (String item : items) {
            List<String> about = completeness.factsOf(pack, item);
            Map<String, Object> without = new LinkedHashMap<>(facts.effective(file));
            about.forEach(without::remove);
            Assessment assessment = assessments.of(file, without, Adjustments.NONE);
            for (var benefit : assessment.benefits()) {
                boolean concerned = about.isEmpty()
                        || benefit.reasons().stream().anyMatch(r -> r.fact() != null && about.contains(r.fact()));
                if (concerned && benefit.verdict() != Verdict.REJECT) lapsed.add(benefit.code());
            }
        }
        return lapsed;
    }
}
