package cn.jincai.filing;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.ResidentId;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.RosterLines;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.sight.Shown;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.FieldClass;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The roster of a claim: handed in as a whole while it is a draft, checked line by line, and read some lines at a time. */
@Service
public class Rosters {
    private static final int LONGEST_NAME = 60;

    private final Filing filing;
    private final CaseTable cases;
    private final CaseFile files;
    private final CaseLines lines;
    private final OwnLines own;
    private final CaseAssessments assessments;
    private final Packages packages;
    private final CityClock clock;

    Rosters(
            Filing filing,
            CaseTable cases,
            CaseFile files,
            CaseLines lines,
            OwnLines own,
            CaseAssessments assessments,
            Packages packages,
            CityClock clock) {
        this.filing = filing;
        this.cases = cases;
        this.files = files;
        this.lines = lines;
        this.own = own;
        this.assessments = assessments;
        this.packages = packages;
        this.clock = clock;
    }

    /**
     * A line as it is shown.
     *
     * @param line     from 1
     * @param number   of the identity card, masked where the reader may not see it
     * @param facts    the others that are known of him
     * @param assessed what the rules say of him; null where no benefit is decided for each line
     */
    public record ShownLine(
            int line,
            String name,
            String number,
            Map<String, Object> facts,
            @Nullable AssessedLine assessed) {}

    /**
     * Hands the roster in, instead of the one before.
     *
     * @param told an array; of each line {@code name} and its facts
     * @return how many lines there are
     * @throws Problem NOT_FOUND for whom the case does not concern; CONFLICT where it is no draft any more and nobody has asked for the roster again; INVALID with every mistake and its line
     */
    @Transactional
    public int put(Actor who, CaseNumber number, @Nullable JsonNode told) {
        Case file = filing.own(who, number);
        if (!filing.isOpen(file, Completeness.ROSTER)) throw Problem.conflict("filing.roster.NOT_A_DRAFT");
        Scheme scheme = scheme(file);
        List<Mistake> mistakes = new ArrayList<>();
        JsonNode given = told == null ? JsonNodeFactory.instance.nullNode() : told;
        List<String> names = names(given, mistakes);
        List<AssessedLine.Told> read = RosterLines.read(scheme, withoutNames(given), mistakes);
        Scheme.Roster roster = scheme.applying().roster();
        List<CaseLines.Line> kept = new ArrayList<>();
        for (int i = 0; roster != null && i < read.size(); i++) {
            Map<String, Object> facts = new HashMap<>(read.get(i).facts());
            String id = Objects.toString(facts.get(roster.person()), "");
            ResidentId.check("lines[" + i + "]." + roster.person(), "RESIDENT_ID", id, clock.today())
                    .ifPresent(mistakes::add);
            facts.put(roster.person(), Spelling.ofCode(id));
            kept.add(new CaseLines.Line(i + 1, i < names.size() ? names.get(i) : "", id, facts));
        }
        Filing.refuse(mistakes);
        Set<String> before = file.isDraft() ? Set.of() : lines.persons(number);
        lines.replace(number, kept, clock.timestamp());
        if (!file.isDraft()) own.tell(file, before);
        cases.change(number, c -> c);
        return kept.size();
    }

    /**
     * The same from a table, CSV or a workbook.
     *
     * @throws Problem as {@link #put}, and INVALID under {@code field} where it is no table with these columns
     */
    @Transactional
    public int putTable(Actor who, CaseNumber number, String field, byte[] file) {
        Case draft = filing.own(who, number);
        Scheme scheme = scheme(draft);
        Scheme.Roster roster = scheme.applying().roster();
        if (roster == null) throw Problem.notFound();
        return put(who, number, RosterTable.read(scheme, roster, field, file));
    }

    /** A draft goes by the package in force, what was sent by the one that it keeps. */
    private Scheme scheme(Case file) {
        return (file.isDraft() ? packages.inForce(file.scheme()) : packages.byHash(file.packageHash())).catalogue();
    }

    /** Whether the roster may be handed in now: in a draft, and where the counter has asked for it again. */
    @Transactional(readOnly = true)
    public boolean isOpen(CaseNumber number) {
        return filing.isOpen(cases.get(number), Completeness.ROSTER);
    }

    /** What the columns of such a table are called; none where the scheme has no roster. */
    public List<Text> columns(String scheme) {
        Scheme now = packages.inForce(scheme).catalogue();
        Scheme.Roster roster = now.applying().roster();
        return roster == null ? List.of() : RosterTable.columns(now, roster);
    }

    /** How many lines a case has. */
    @Transactional(readOnly = true)
    public int count(CaseNumber number) {
        return lines.count(number);
    }

    private static List<String> names(JsonNode told, List<Mistake> mistakes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; told.isArray() && i < Math.min(told.size(), Scheme.Roster.MOST); i++) {
            String field = "lines[" + i + "].name",
                    name = told.get(i).path("name").asText("");
            if (name.isBlank() || name.length() > LONGEST_NAME)
                mistakes.add(Mistake.of(field, "filing.roster.NAME", LONGEST_NAME));
            else Spelling.mistakeInName(field, name).ifPresent(mistakes::add);
            names.add(Spelling.ofName(name));
        }
        return names;
    }

    private static JsonNode withoutNames(JsonNode told) {
        if (!told.isArray()) return told;
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        told.forEach(
                line -> lines.add(line instanceof ObjectNode o ? o.deepCopy().without("name") : line));
        return lines;
    }

    /** Some lines, with what the rules say of each. Whoever applies sees them whole, an officer as he sees identity numbers of the case. */
    @Transactional
    public Page<ShownLine> page(Actor who, CaseNumber number, int page, int size) {
        boolean open = files.shown(who, number).get(FieldClass.IDENTITY) == Shown.OPEN;
        if (files.admit(who, number) == Timeline.Reader.EMPLOYER) throw Problem.notFound();
        Case file = cases.get(number);
        files.look(who, file);
        Scheme.Roster roster =
                packages.byHash(file.packageHash()).catalogue().applying().roster();
        List<CaseLines.Line> all = lines.of(file);
        if (roster == null || all.isEmpty()) return new Page<>(List.of(), 0, Page.size(size), 0);
        Assessment assessment = assessments.of(file);
        List<ShownLine> shown = all.stream()
                .skip(Page.offset(page, size))
                .limit(Page.size(size))
                .map(line -> shown(line, roster, open, assessment))
                .toList();
        return new Page<>(shown, Math.max(0, page), Page.size(size), all.size());
    }

    private static ShownLine shown(CaseLines.Line line, Scheme.Roster roster, boolean open, Assessment assessment) {
        Map<String, Object> facts = new LinkedHashMap<>();
        roster.facts().stream()
                .filter(name -> !name.equals(roster.person()) && line.facts().containsKey(name))
                .forEach(name -> facts.put(name, line.facts().get(name)));
        return new ShownLine(
                line.line(),
                line.name(),
                open ? line.number() : Persons.maskNumber(line.number()),
                facts,
                line.line() <= assessment.lines().size() ? assessment.lines().get(line.line() - 1) : null);
    }
}
