package cn.jincai.review;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.calendar.Calendars;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.DataChecks;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.TaskResult;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.TaskRef;
import cn.jincai.review.discretion.LikeCases;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Decisions 决定: numbered documents that a leader signs. What was decided is from then on one of this house's own records. */
@Service
@Transactional
public class Decisions {
    private static final int RECONSIDERATION_DAYS = 60, SUIT_MONTHS = 6; // 行政复议法 20, 行政诉讼法 46

    private final JdbcClient db;
    private final DecidedRows rows;
    private final DecidedLines lines;
    private final CaseFile cases;
    private final CaseLifecycle way;
    private final CurrentJudgement standing;
    private final YearlyPlaces places;
    private final Opinions opinions;
    private final DataChecks dataChecks;
    private final CaseAssessments assessments;
    private final CaseFacts facts;
    private final SettledPerson settled;
    private final Vault vault;
    private final Packages packages;
    private final IssuedDocuments issued;
    private final Calendars calendars;
    private final JsonColumns json;
    private final LikeCases likeCases;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Decisions(
            JdbcClient db,
            DecidedRows rows,
            DecidedLines lines,
            CaseFile cases,
            CaseLifecycle way,
            CurrentJudgement standing,
            YearlyPlaces places,
            Opinions opinions,
            DataChecks dataChecks,
            CaseAssessments assessments,
            CaseFacts facts,
            SettledPerson settled,
            Vault vault,
            Packages packages,
            IssuedDocuments issued,
            Calendars calendars,
            JsonColumns json,
            LikeCases likeCases,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.rows = rows;
        this.lines = lines;
        this.cases = cases;
        this.way = way;
        this.standing = standing;
        this.places = places;
        this.opinions = opinions;
        this.dataChecks = dataChecks;
        this.assessments = assessments;
        this.facts = facts;
        this.settled = settled;
        this.vault = vault;
        this.packages = packages;
        this.issued = issued;
        this.calendars = calendars;
        this.json = json;
        this.likeCases = likeCases;
        this.clock = clock;
        this.events = events;
    }

    /** Signs, unless the house's own records, read again under a lock on the person, change what was reviewed (rulebook 7.10). */
    TaskResult sign(Actor who, TaskRef task, TaskFields fields) {
        CaseNumber number = task.ofCase();
        dataChecks.holdRecords(number);
        Judgement.Result was = standing.result(number);
        List<Opinion.Outcome> before = was.outcomes();
        Set<String> granted = ReviewedLines.granted(was.assessment());
        dataChecks.readOwnRecords(number);
        Judgement.Result result = standing.result(number);
        List<DecidedBenefit> after = result.benefits();
        boolean placeFree = places.isFree(number);
        if (!before.equals(outcomes(after))
                || !granted.equals(ReviewedLines.granted(result.assessment()))
                || !placeFree
                || after.stream()
                        .anyMatch(DecidedBenefit::isOpen)) { // refused before anybody was asked: back, not signed
            opinions.add(task, who, "changed", fields.opinion(), List.of(), List.of(), outcomes(after));
            String changed = "changed-at-signing";
            tell(number, changed, Text.of("review.event." + changed), who, Audience.OFFICERS, Map.of());
            return new TaskResult("changed", Problem.conflict(placeFree ? "review.CHANGED" : "review.NO_PLACE"));
        }
        if (after.stream().anyMatch(DecidedBenefit::isGranted)) settled.mustBe(cases.get(number));
        Map<String, String> grounds = fields.grounds(after, DecidedLines.refused(result.assessment()));
        decide(
                who,
                task,
                new Signed(
                        after.stream()
                                .map(b -> b.withGrounds(grounds.get(b.code())))
                                .toList(),
                        result.assessment(),
                        grounds),
                fields);
        return TaskResult.of("sign");
    }

    /** @param assessed with what people said, of which only the lines are kept @param grounds by benefit and refused line */
    private record Signed(List<DecidedBenefit> benefits, Assessment assessed, Map<String, String> grounds) {}

    private void decide(Actor who, TaskRef task, Signed signed, TaskFields fields) {
        CaseNumber number = task.ofCase();
        Case file = cases.get(number);
        List<DecidedBenefit> benefits = signed.benefits;
        String outcome = DecisionDocument.outcome(benefits);
        var assessment = assessments.keep(file, "decision", Adjustments.NONE);
        for (DecidedBenefit b : benefits) {
            record(file, b, assessment.governingDate());
            likeCases.decided(
                    file,
                    b.code(),
                    DecisionDocument.reasons(assessment, b.code()),
                    b.reasons(),
                    b.waived(),
                    clock.today());
        }
        lines.record(file, benefits, signed.assessed, signed.grounds);
        opinions.add(task, who, "sign", fields.opinion(), List.of(), List.of(), outcomes(benefits));
        long document = issued.issue(
                number,
                "decision",
                DecisionDocument.of(
                        packages.byHash(file.packageHash()),
                        file,
                        benefits,
                        assessment,
                        lines.rows(file, benefits, signed.assessed, signed.grounds)),
                clock.instant());
        db.sql(
                        "insert into decisions (case_number, document_number, decided_on, outcome, signed_by, document_id) values (?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        issued.find(number, document).number(),
                        clock.today(),
                        outcome,
                        who.account(),
                        document)
                .update();
        way.signed(number);
        Map<String, String> kept = Map.of(DecidedRows.HASH, rows.hash(number));
        tell(number, rows.kind(), Text.of("review.event.signed." + outcome), who, Audience.APPLICANT, kept);
    }

    private void record(Case file, DecidedBenefit b, @Nullable LocalDate governingDate) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Integer validYears = scheme.validYears(b.code());
        db.sql("""
            insert into decided_benefits (case_number, person_key, scheme, benefit, outcome, amount_fen, level, monthly_fen, months, due_now_fen,
            governing_date, decided_on, valid_until, sealed_facts, benefit_json, sealed_grounds) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        file.number().value(),
                        file.personKey(),
                        file.scheme(),
                        b.code(),
                        b.outcome(),
                        b.amount().fen(),
                        b.level(),
                        b.monthly() == null ? null : b.monthly().fen(),
                        b.months(),
                        b.dueNow().fen(),
                        governingDate,
                        clock.today(),
                        validYears == null ? null : clock.today().plusYears(validYears),
                        vault.seal(
                                ReviewSeals.DECIDED_FACTS, json.write(facts.effective(file)), file.number(), b.code()),
                        json.write(b.withGrounds(null)),
                        vault.seal(ReviewSeals.GROUNDS, b.grounds(), file.number(), b.code()))
                .update();
    }

    public Optional<Decision> of(CaseNumber number) {
        return db.sql("select * from decisions where case_number = ?")
                .param(number.value())
                .query((row, n) -> {
                    @Nullable
                    LocalDate served = row.getObject("served_on", LocalDate.class),
                            opened = row.getObject("opened_on", LocalDate.class);
                    @Nullable
                    LocalDate known = Stream.of(served, opened)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .orElse(null);
                    return new Decision(
                            row.getString("document_number"),
                            row.getObject("decided_on", LocalDate.class),
                            row.getString("outcome"),
                            benefits(number),
                            row.getLong("document_id"),
                            served == null
                                    ? null
                                    : new Decision.Service(
                                            served,
                                            ServiceMethod.of(row.getString("served_how"))
                                                    .orElseThrow()),
                            remedies(known));
                })
                .optional();
    }

    private List<DecidedBenefit> benefits(CaseNumber number) {
        return db.sql(
                        "select benefit, benefit_json, sealed_grounds from decided_benefits where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> json.read(row.getString("benefit_json"), DecidedBenefit.class)
                        .withGrounds(vault.open(
                                ReviewSeals.GROUNDS,
                                Sealed.in(row, "sealed_grounds"),
                                number,
                                row.getString("benefit"))))
                .list();
    }

    /** The benefit's payment was given up after a hearing: it no longer counts as received. */
    public void givenUp(CaseNumber number, String benefit) {
        db.sql("update decided_benefits set given_up = true where case_number = ? and benefit = ?")
                .params(number.value(), benefit)
                .update();
    }

    /** A grant that is paid month by month has ended before its time. @param lastDay in force @param amount what it came to until then */
    public void ended(CaseNumber number, String benefit, LocalDate lastDay, Money amount) {
        db.sql("update decided_benefits set ended_on = ?, ended_amount_fen = ? where case_number = ? and benefit = ?")
                .params(lastDay, amount.fen(), number.value(), benefit)
                .update();
    }

    /** Both periods run from knowing the decision and end by 民法典 200-203; a last day on a rest day moves on. */
    private Decision.@Nullable Remedies remedies(@Nullable LocalDate known) {
        if (known == null) return null;
        return new Decision.Remedies(
                known,
                movedOff(known.plusDays(RECONSIDERATION_DAYS)),
                calendars.current().endOfPeriod(known, SUIT_MONTHS).date());
    }

    private LocalDate movedOff(LocalDate last) {
        return calendars
                .workingDays(last.minusDays(1).atStartOfDay(CityClock.ZONE).toInstant(), 1)
                .day();
    }

    /** The applicant opens the decision for the first time: the periods for remedies run from today. */
    public void opened(CaseNumber number) {
        int first = db.sql("update decisions set opened_on = ? where case_number = ? and opened_on is null")
                .params(clock.today(), number.value())
                .update();
        way.served(number);
        if (first > 0) certify(number, clock.today(), Text.of("review.service.opened"), true);
    }

    /** 送达回证 (民事诉讼法 87): what was served, how, when and on whom. @param electronic recorded by the portal, and signed by nobody */
    private void certify(CaseNumber number, LocalDate on, Text how, boolean electronic) {
        Decision decision = of(number).orElseThrow();
        Case file = cases.get(number);
        issued.issue(
                number,
                "service-certificate",
                DecisionDocument.served(
                        packages.byHash(file.packageHash()).catalogue(), file, decision, on, how, electronic),
                clock.instant());
    }

    /** The counter holds the receipt; what was recorded wrongly is recorded again, and the record keeps both. */
    void served(Actor who, CaseNumber number, @Nullable LocalDate on, String how) {
        Decision decision = of(number).orElseThrow(() -> Problem.conflict("review.service.NOT_SIGNED"));
        if (on == null) throw Problem.invalid("servedOn", "review.service.REQUIRED");
        if (on.isBefore(decision.date()) || on.isAfter(clock.today()))
            throw Problem.invalid(
                    "servedOn",
                    "review.service.OUT_OF_RANGE",
                    decision.date().toString(),
                    clock.today().toString());
        ServiceMethod means = ServiceMethod.of(how)
                .orElseThrow(() -> Problem.invalid("how", "review.service.UNKNOWN_MEANS", codes()));
        db.sql("update decisions set served_on = ?, served_how = ?, served_by = ? where case_number = ?")
                .params(on, means.code(), who.account(), number.value())
                .update();
        way.served(number);
        certify(number, on, means.text(), false);
        events.publishEvent(new CaseEvent(
                number,
                "served",
                "decision",
                Text.of("review.event.served", on.toString(), means.text()),
                who,
                Role.INTAKE,
                Audience.APPLICANT,
                Map.of("on", on.toString(), "how", means.code())));
    }

    private static String codes() {
        return Arrays.stream(ServiceMethod.values()).map(ServiceMethod::code).collect(Collectors.joining(", "));
    }

    private static List<Opinion.Outcome> outcomes(List<DecidedBenefit> benefits) {
        return benefits.stream().map(DecidedBenefit::outcomeOnly).toList();
    }

    private void tell(
            CaseNumber number, String kind, Text what, Actor by, Audience seenBy, Map<String, String> details) {
        events.publishEvent(new CaseEvent(number, kind, "decision", what, by, Role.LEADER, seenBy, details));
    }
}
