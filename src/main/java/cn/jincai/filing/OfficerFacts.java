package cn.jincai.filing;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Facts;
import cn.jincai.document.Evidence;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.events.FactChangedResult;
import cn.jincai.filing.lines.LineWords;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Facts that an officer records with evidence and a note (rulebook 7.4). They win over the source and the applicant, and are marked. */
@Service
public class OfficerFacts {
    private static final int LONGEST_NOTE = 2000;

    private final CaseTable cases;
    private final Access access;
    private final CaseFacts facts;
    private final CaseLines lines;
    private final LineWords words;
    private final Evidence files;
    private final DataChecks dataChecks;
    private final CaseAssessments assessments;
    private final Packages packages;
    private final Completeness completeness;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    OfficerFacts(
            CaseTable cases,
            Access access,
            CaseFacts facts,
            CaseLines lines,
            LineWords words,
            Evidence files,
            DataChecks dataChecks,
            CaseAssessments assessments,
            Packages packages,
            Completeness completeness,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.access = access;
        this.facts = facts;
        this.lines = lines;
        this.words = words;
        this.files = files;
        this.dataChecks = dataChecks;
        this.assessments = assessments;
        this.packages = packages;
        this.completeness = completeness;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param line     of the roster, from 1, for a fact of a single line; null for a fact of the claim
     * @param evidence a document of the case that shows it, or null
     * @throws Problem CONFLICT outside data checks and reviews, FORBIDDEN for whom the step is not, INVALID for an unknown fact, a wrong type, or a line that is not there
     */
    @Transactional
    public void record(
            Actor who,
            CaseNumber number,
            @Nullable Integer line,
            String name,
            @Nullable JsonNode written,
            @Nullable Long evidence,
            @Nullable String note) {
        Case file = cases.hold(number);
        access.reading(who, file);
        if (!file.stage().is(Kind.CHECKS_DATA, Kind.REVIEWS)) throw Problem.conflict("filing.fact.NOT_NOW");
        Role role = file.stage().step().doneBy();
        if (!who.holds(role)) throw Problem.forbidden("filing.fact.NOT_YOUR_STEP", role.text());
        PolicyPackage pack = packages.byHash(file.packageHash());
        Scheme scheme = pack.catalogue();
        JsonNode value = right(pack, name, written);
        checkLine(file, scheme, line, name);
        if (evidence != null && files.of(number).stream().noneMatch(handedIn -> handedIn.id() == evidence))
            throw Problem.invalid("evidence", "filing.fact.UNKNOWN_PAPER");
        if (note == null || note.isBlank()) throw Problem.invalid("note", "filing.fact.note.REQUIRED");
        if (note.length() > LONGEST_NOTE) throw Problem.invalid("note", "filing.fact.note.TOO_LONG");
        Assessment before = assessments.of(file);
        if (line == null)
            facts.record(
                    number,
                    List.of(new CaseFacts.Said(
                            name, value, CaseFacts.OFFICER, clock.today(), who.account(), evidence, note.strip())));
        else words.record(number, new LineWords.Recorded(line, name, value, who.account(), note.strip()), evidence);
        dataChecks.readOwnRecords(number); // what was granted before may be told apart by this very fact
        Assessment after = assessments.keep(file, file.stage().code(), Adjustments.NONE);
        cases.change(number, c -> c);
        Text what = line == null ? label(scheme, name) : Text.of("filing.fact.OF_LINE", line, label(scheme, name));
        events.publishEvent(file.event("fact-recorded", who, role, Audience.APPLICANT, Map.of("fact", name), what));
        Step first = file.stage().steps().first(Kind.REVIEWS);
        if (file.stage().is(Kind.REVIEWS) && !file.stage().code().equals(first.key()) && changes(before, after))
            events.publishEvent(new FactChangedResult(number));
    }

    /** A fact of the roster is one line's, and who stands in it is nothing to record. */
    private void checkLine(Case file, Scheme scheme, @Nullable Integer line, String name) {
        Scheme.Roster roster = scheme.applying().roster();
        if (roster != null && roster.person().equals(name))
            throw Problem.invalid("name", "filing.fact.PERSON_OF_LINE", label(scheme, name));
        if (scheme.isOfLine(name)
                && (line == null || line < 1 || line > lines.of(file).size()))
            throw Problem.invalid(
                    "line",
                    "filing.fact.LINE_NEEDED",
                    label(scheme, name),
                    lines.of(file).size());
        if (!scheme.isOfLine(name) && line != null)
            throw Problem.invalid("line", "filing.fact.OF_CLAIM", label(scheme, name));
    }

    /** In the spelling in which it is kept. */
    private JsonNode right(PolicyPackage pack, String name, @Nullable JsonNode written) {
        Scheme scheme = pack.catalogue();
        if (scheme.fact(name).isEmpty()) throw Problem.invalid("name", "filing.fact.UNKNOWN_FACT", name);
        JsonNode value = written == null ? null : completeness.spelt(pack, name, written);
        if (value == null
                || value.isNull()
                || Facts.readOne(scheme, name, value).isEmpty())
            throw Problem.invalid("value", "filing.fact.WRONG_TYPE", name);
        if (value.isTextual() && Spelling.isDamaged(value.textValue()))
            throw Problem.invalid("value", "filing.DAMAGED");
        return value;
    }

    /** A verdict, level or sum differs, of the claim or of a line. */
    public static boolean changes(Assessment before, Assessment after) {
        if (!lines(before).equals(lines(after))) return true;
        List<List<Object>> a =
                before.benefits().stream().map(OfficerFacts::result).toList();
        return !a.equals(after.benefits().stream().map(OfficerFacts::result).toList());
    }

    private static List<List<List<Object>>> lines(Assessment assessment) {
        return assessment.lines().stream()
                .map(line -> line.benefits().stream().map(OfficerFacts::result).toList())
                .toList();
    }

    private static List<Object> result(cn.jincai.assessment.Benefit b) {
        return java.util.Arrays.asList(b.code(), b.verdict(), b.level(), b.amountFen());
    }

    private static Text label(Scheme scheme, String name) {
        return scheme.fact(name)
                .map(Scheme.Fact::label)
                .filter(Objects::nonNull)
                .orElse(Text.same(name));
    }
}
