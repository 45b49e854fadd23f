package cn.jincai.filing;

import cn.jincai.applicant.EmployerChanges;
import cn.jincai.applicant.Persons;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.filing.lines.LineWords;
import cn.jincai.policy.Scheme;
import cn.jincai.registry.Answer;
import cn.jincai.registry.EveryDocument;
import cn.jincai.registry.Subject;
import cn.jincai.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Sources outside are asked about each employee of a roster, by the document that the employer names. Where one is silent, that line alone is unknown. */
@Component
class LineChecks {
    private final CaseLines lines;
    private final LineWords words;
    private final EveryDocument everyDocument;
    private final EmployerChanges employers;
    private final Completeness completeness;
    private final Persons persons;
    private final Vault vault;

    LineChecks(
            CaseLines lines,
            LineWords words,
            EveryDocument everyDocument,
            EmployerChanges employers,
            Completeness completeness,
            Persons persons,
            Vault vault) {
        this.lines = lines;
        this.words = words;
        this.everyDocument = everyDocument;
        this.employers = employers;
        this.completeness = completeness;
        this.persons = persons;
        this.vault = vault;
    }

    /** A line about which a source has to be asked. @param since when it was asked last, {@link Instant#EPOCH} where it never was */
    private record Waiting(CaseLines.Line line, EveryDocument.Asked asked, String askedWith, Instant since) {}

    /**
     * One try at each source about the lines for which it has not answered as they stand, those first that wait longest.
     *
     * @return the sources that are silent about a line
     */
    Set<String> check(Case file, Scheme scheme) {
        Set<String> silent = new LinkedHashSet<>();
        List<CaseLines.Line> all = lines.of(file);
        for (var entry : factsBySource(scheme).entrySet()) {
            List<Waiting> waiting = waiting(file, scheme, entry.getKey(), entry.getValue(), all);
            if (waiting.isEmpty()) continue;
            List<Answer> answers = everyDocument.askEach(
                    scheme, entry.getKey(), waiting.stream().map(Waiting::asked).toList(), entry.getValue());
            List<LineWords.Said> said = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++)
                said.add(new LineWords.Said(
                        waiting.get(i).line.line(),
                        entry.getKey(),
                        waiting.get(i).askedWith,
                        answers.get(i) instanceof Answer.Answered a ? a.facts() : null));
            words.hear(file.number(), said);
            if (answers.size() < waiting.size() || answers.stream().anyMatch(Answer.Silent.class::isInstance))
                silent.add(entry.getKey());
        }
        return silent;
    }

    private List<Waiting> waiting(
            Case file, Scheme scheme, String source, Set<String> facts, List<CaseLines.Line> all) {
        Map<Integer, LineWords.Heard> heard = words.heard(file.number()).stream()
                .filter(one -> one.source().equals(source))
                .collect(Collectors.toMap(LineWords.Heard::line, one -> one));
        String employer = employers.today(file.employerCode());
        Map<String, Object> claim = completeness.values(file.answers());
        List<Waiting> waiting = new ArrayList<>();
        for (CaseLines.Line line : all) {
            String person = persons.key("RESIDENT_ID", line.number());
            Map<String, Object> told = told(scheme, line);
            String askedWith = vault.fingerprint(
                    "answers",
                    source
                            + line.name()
                            + line.number()
                            + told
                            + file.answers()
                            + employer
                            + everyDocument.askedOf(scheme, person, facts));
            LineWords.Heard before = heard.get(line.line());
            if (before != null
                    && before.answered()
                    && before.askedWith().equals(askedWith)
                    && everyDocument.isGood(source, before.askedAt())) continue;
            Map<String, Object> answers = new HashMap<>(claim);
            answers.putAll(told);
            Subject subject = new Subject(line.name(), "RESIDENT_ID", line.number(), employer, answers);
            waiting.add(new Waiting(
                    line,
                    new EveryDocument.Asked(person, subject),
                    askedWith,
                    before == null ? Instant.EPOCH : before.askedAt()));
        }
        waiting.sort(Comparator.comparing(Waiting::since));
        return waiting;
    }

    /** What the employer says of him, in the order of the names. */
    private static Map<String, Object> told(Scheme scheme, CaseLines.Line line) {
        Map<String, Object> told = new TreeMap<>(line.facts());
        told.keySet().removeIf(name -> scheme.fact(name).map(f -> !f.isTold()).orElse(true));
        return told;
    }

    private static Map<String, Set<String>> factsBySource(Scheme scheme) {
        return scheme.facts().stream()
                .filter(f -> f.isOutside() && scheme.isOfLine(f.name()))
                .collect(Collectors.groupingBy(
                        Scheme.Fact::source,
                        TreeMap::new,
                        Collectors.mapping(Scheme.Fact::name, Collectors.toCollection(LinkedHashSet::new))));
    }

    /** Of each line the sources that were silent when they were asked last, or whose turn has not come yet. */
    Map<Integer, Set<String>> silent(Case file, Scheme scheme) {
        Set<String> sources = factsBySource(scheme).keySet();
        Map<Integer, Set<String>> silent = new TreeMap<>();
        if (sources.isEmpty() || file.checkedAt() == null) return silent;
        for (CaseLines.Line line : lines.of(file)) silent.put(line.line(), new LinkedHashSet<>(sources));
        for (LineWords.Heard heard : words.heard(file.number()))
            if (heard.answered() && silent.containsKey(heard.line()))
                silent.get(heard.line()).remove(heard.source());
        silent.values().removeIf(Set::isEmpty);
        return silent;
    }
}
