package cn.jincai.process.versions;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseVersions;
import cn.jincai.filing.CaseVersions.Going;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Step;
import cn.jincai.process.RunningCases;
import cn.jincai.process.versions.Places.Place;
import cn.jincai.process.versions.VersionMove.Rule;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a rule would do to the running cases of a version, without doing it: how many would move, how many stay and why, and which step goes on as which. */
@Service
public class MoveTrial {
    /** Beyond that many cases their results are not compared beforehand, as a page would take minutes; each is looked at when it moves. */
    static final int MOST = 100;

    private final CaseMigration migration;
    private final Places places;
    private final CaseVersions versions;
    private final CaseFile cases;
    private final RunningCases running;

    MoveTrial(CaseMigration migration, Places places, CaseVersions versions, CaseFile cases, RunningCases running) {
        this.migration = migration;
        this.places = places;
        this.versions = versions;
        this.cases = cases;
        this.running = running;
    }

    /** Cases at one step of their version. @param why null where they would move */
    public record Line(Text step, @Nullable Stays why, long cases) {
        /** Why they stay, in words; empty where they would move. */
        @JsonProperty("told")
        public Text told() {
            return why == null ? Text.same("") : why.text(step);
        }
    }

    /**
     * One diagram of the version.
     *
     * @param counterpart the diagram that takes its place, null where none does
     * @param here        how many stand at each of its elements
     * @param there       at which elements of the other they would go on, and how many
     * @param lost        elements at which somebody stands who can't go on
     */
    public record Drawing(
            String file,
            String name,
            @Nullable String counterpart,
            Map<String, Integer> here,
            Map<String, Integer> there,
            List<String> lost) {}

    /**
     * @param moving   how many cases would move
     * @param staying  how many would stay
     * @param lines    by step and reason, those that move first
     * @param rules    whether the rules by which results are found are written differently
     * @param notCompared how many cases were not compared as there are too many of them
     */
    public record Trial(
            long moving, long staying, List<Line> lines, List<Drawing> drawings, boolean rules, long notCompared) {
        public long all() {
            return moving + staying;
        }
    }

    /** @throws Problem CONFLICT {@code PACKAGE_DAMAGED} */
    @Transactional(readOnly = true) // so that what is asked of a case for both versions is read once
    public Trial of(String from, String to, Rule rule) {
        StepMapping mapping = migration.mapping(from, to);
        Map<CaseNumber, List<Place>> standing = places.goingBy(from);
        Map<String, Line> lines = new TreeMap<>();
        long moving = 0, all = 0, compared = 0, notCompared = 0;
        for (Going one : versions.goingBy(from)) {
            Stays why = migration.refusal(one, standing.getOrDefault(one.number(), List.of()), mapping, rule);
            if (why == null && mapping.rulesDiffer()) {
                if (compared++ < MOST) why = migration.otherResult(cases.get(one.number()), mapping, rule);
                else notCompared++;
            }
            if (why == null) moving++;
            all++;
            String step = one.stage();
            lines.merge(
                    (why == null ? "" : why.code()) + " " + step,
                    new Line(mapping.from().steps().find(step).map(Step::name).orElse(Text.same(step)), why, 1),
                    (a, b) -> new Line(a.step(), a.why(), a.cases() + b.cases()));
        }
        return new Trial(
                moving,
                all - moving,
                List.copyOf(lines.values()),
                drawings(mapping),
                mapping.rulesDiffer(),
                notCompared);
    }

    /** Of the diagrams only those at which somebody stands, or all where nobody does anywhere. */
    private List<Drawing> drawings(StepMapping mapping) {
        PolicyPackage pack = mapping.from();
        List<Drawing> all = new ArrayList<>();
        for (String file : pack.files().keySet()) if (file.endsWith(".bpmn")) all.add(drawing(mapping, pack, file));
        List<Drawing> used = all.stream().filter(d -> !d.here().isEmpty()).toList();
        return used.isEmpty()
                ? all.stream().filter(d -> d.file().equals(pack.caseDiagram())).toList()
                : used;
    }

    /** How many cases stand at each element of a diagram. @param mapped only at those that go on in the other version */
    public Map<String, Integer> counts(String from, String to, String file, boolean mapped) {
        StepMapping mapping = migration.mapping(from, to);
        if (!file.endsWith(".bpmn") || !mapping.from().files().containsKey(file)) throw Problem.notFound();
        Drawing drawing = drawing(mapping, mapping.from(), file);
        return mapped ? drawing.there() : drawing.here();
    }

    private Drawing drawing(StepMapping mapping, PolicyPackage pack, String file) {
        Map<String, Integer> here = running.at(pack.hash(), file), there = new LinkedHashMap<>();
        List<String> lost = new ArrayList<>();
        here.forEach((element, count) -> {
            if (mapping.refusal(file, element) == null) there.put(element, count);
            else lost.add(element);
        });
        return new Drawing(
                file, DiagramSteps.name(pack, file), mapping.counterpart(file).orElse(null), here, there, lost);
    }
}
