package cn.jincai.filing;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.ResidentId;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.RosterLines;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.lines.CheckedRows;
import cn.jincai.filing.lines.LineWords;
import cn.jincai.filing.lines.RosterTable;
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
import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The roster of a claim: handed in as a whole while it is a draft, checked line by line, and read some lines at a time. */
@Service
public class Rosters {
    private final Filing filing;
    private final CaseTable cases;
    private final CaseFile files;
    private final CaseLines lines;
    private final LineWords words;
    private final LineChecks checks;
    private final OwnLines own;
    private final CaseAssessments assessments;
    private final Packages packages;
    private final CityClock clock;

    Rosters(
            Filing filing,
            CaseTable cases,
            CaseFile files,
            CaseLines lines,
            LineWords words,
            LineChecks checks,
            OwnLines own,
            CaseAssessments assessments,
            Packages packages,
            CityClock clock) {
        this.filing = filing;
        this.cases = cases;
        this.files = files;
        this.lines = lines;
        this.words = words;
        this.checks = checks;
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
     * @param facts    the others that are known of him; what sources outside say of him is not shown to his employer
     * @param recorded those of them that an officer has recorded
     * @param silent   sources that have not answered about him; shown to officers alone
     * @param assessed what the rules say of him; null where no benefit is decided for each line
     */
    public record ShownLine(
            int line,
            String name,
            String number,
            Map<String, Object> facts,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> recorded,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> silent,
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
            notTold(scheme, facts.keySet(), "lines[" + i + "].", mistakes);
            String id = Objects.toString(facts.get(roster.person()), "");
            ResidentId.check("lines[" + i + "]." + roster.person(), "RESIDENT_ID", id, clock.today())
                    .ifPresent(mistakes::add);
            facts.put(roster.person(), Spelling.ofCode(id));
            kept.add(new CaseLines.Line(i + 1, i < names.size() ? names.get(i) : "", id, facts));
        }
        Filing.refuse(mistakes);
        handIn(file, kept);
        return kept.size();
    }

    /** Instead of the lines before. */
    void handIn(Case file, List<CaseLines.Line> kept) {
        Set<String> before = file.isDraft() ? Set.of() : lines.persons(file.number());
        lines.replace(file.number(), kept, clock.timestamp());
        if (!file.isDraft()) own.handedInAgain(file, before);
        cases.change(file.number(), c -> c);
    }

    /** A draft goes by the package in force, what was sent by the one that it keeps. */
    Scheme scheme(Case file) {
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
            CheckedRows.mistakeInName(field, name, mistakes);
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

    /** What sources and own records say of an employee is not for his employer to tell. */
    private static void notTold(Scheme scheme, Set<String> facts, String at, List<Mistake> mistakes) {
        facts.stream()
                .flatMap(name -> scheme.fact(name).stream())
                .filter(f -> !f.isTold())
                .forEach(f -> mistakes.add(Mistake.of(at + f.name(), "filing.roster.NOT_TOLD", f.label())));
    }

    /** Some lines, with what the rules say of each. Whoever applies sees numbers whole, an officer as he sees identity numbers of the case. */
    @Transactional
    public Page<ShownLine> page(Actor who, CaseNumber number, int page, int size) {
        boolean open = files.shown(who, number).get(FieldClass.IDENTITY) == Shown.OPEN;
        Timeline.Reader reader = files.admit(who, number);
        if (reader == Timeline.Reader.EMPLOYER) throw Problem.notFound();
        Case file = cases.get(number);
        files.look(who, file);
        List<CaseLines.Line> all = lines.of(file);
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        if (scheme.applying().roster() == null || all.isEmpty()) return new Page<>(List.of(), 0, Page.size(size), 0);
        Sheet sheet = sheet(file, scheme, open, reader != Timeline.Reader.APPLICANT);
        List<ShownLine> shown = all.stream()
                .skip(Page.offset(page, size))
                .limit(Page.size(size))
                .map(sheet::shown)
                .toList();
        return new Page<>(shown, Math.max(0, page), Page.size(size), all.size());
    }

    private Sheet sheet(Case file, Scheme scheme, boolean open, boolean officer) {
        Map<Integer, Set<String>> recorded = new HashMap<>();
        words.recorded(file.number())
                .forEach(word -> recorded.computeIfAbsent(word.line(), l -> new TreeSet<>())
                        .add(word.name()));
        return new Sheet(
                scheme,
                open,
                officer,
                assessments.of(file),
                recorded,
                officer ? checks.silent(file, scheme) : Map.of());
    }

    /** What the lines of one page are shown by. @param open whether numbers are whole @param officer whether for an officer, not for whoever applies */
    private record Sheet(
            Scheme scheme,
            boolean open,
            boolean officer,
            Assessment assessment,
            Map<Integer, Set<String>> recorded,
            Map<Integer, Set<String>> silent) {
        private ShownLine shown(CaseLines.Line line) {
            Scheme.Roster roster = Objects.requireNonNull(scheme.applying().roster());
            Map<String, Object> facts = new LinkedHashMap<>();
            for (Scheme.Fact fact : scheme.facts())
                if (roster.facts().contains(fact.name())
                        && !fact.name().equals(roster.person())
                        && (officer || !fact.isOutside())
                        && line.facts().containsKey(fact.name()))
                    facts.put(fact.name(), line.facts().get(fact.name()));
            Set<String> known = new TreeSet<>(recorded.getOrDefault(line.line(), Set.of()));
            known.retainAll(facts.keySet());
            return new ShownLine(
                    line.line(),
                    line.name(),
                    open ? line.number() : Persons.maskNumber(line.number()),
                    facts,
                    known,
                    silent.getOrDefault(line.line(), Set.of()),
                    line.line() <= assessment.lines().size()
                            ? read(assessment.lines().get(line.line() - 1))
                            : null);
        }

        /** What a source says of somebody is not his employer's to read, in reasons neither (decision 187). */
        private AssessedLine read(AssessedLine assessed) {
            return officer
                    ? assessed
                    : assessed.withoutWhatWasFoundOf(scheme.facts().stream()
                            .filter(f -> f.isOutside() && scheme.isOfLine(f.name()))
                            .map(Scheme.Fact::name)
                            .collect(Collectors.toSet()));
        }
    }
}
