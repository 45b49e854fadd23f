package cn.jincai.filing.completeness;

import cn.jincai.document.Evidence;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseLines;
import cn.jincai.kernel.Period;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** What is missing or malformed in answers and documents. A condition that is not met is none of its business: it never stops a submission. */
@Component
public class Completeness {
    static final String FORM = "forms/application.form";
    /** The roster as a whole, as something to hand in again. */
    public static final String ROSTER = "lines";
    /** More would be read by nobody in one line of a form. */
    private static final int GAPS_NAMED = 50;

    private final FormCheck check;
    private final Evidence evidence;
    private final CaseLines lines;
    private final ObjectMapper json;

    Completeness(FormCheck check, Evidence evidence, CaseLines lines, ObjectMapper json) {
        this.lines = lines;
        this.check = check;
        this.evidence = evidence;
        this.json = json;
    }

    public Form form(PolicyPackage pack) {
        return Objects.requireNonNull(pack.forms().get(FORM), FORM); // no package is published without it
    }

    public Map<String, Object> values(ObjectNode answers) {
        try {
            return json.readerFor(new TypeReference<Map<String, Object>>() {})
                    .with(DeserializationFeature.USE_LONG_FOR_INTS)
                    .readValue(answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what the form hides or does not know. */
    public ObjectNode clean(PolicyPackage pack, ObjectNode answers) {
        return json.valueToTree(form(pack).clean(values(answers)));
    }

    /** Answers in the spelling in which they are kept. */
    public ObjectNode spelt(PolicyPackage pack, ObjectNode answers) {
        form(pack).fields().stream()
                .filter(f -> answers.path(f.key()).isTextual())
                .forEach(f ->
                        answers.put(f.key(), check.spelt(f, answers.get(f.key()).textValue())));
        return answers;
    }

    /** What is said of a fact, as the applicant's answer of this name would be kept. */
    public JsonNode spelt(PolicyPackage pack, String name, JsonNode value) {
        return spelt(pack, json.createObjectNode().set(name, value)).get(name);
    }

    /** Everything that keeps the case from being sent, at once. */
    public List<Mistake> mistakes(PolicyPackage pack, Case file, List<String> promises) {
        Map<String, Object> answers = values(file.answers());
        List<Mistake> mistakes = new ArrayList<>(check.check(form(pack), answers));
        Set<String> there = new LinkedHashSet<>(
                evidence.of(file.number()).stream().map(StoredFile::need).toList());
        for (Scheme.Document document : pack.catalogue().documents()) {
            boolean promised = promises.contains(document.code());
            if (promised && !document.promisable()) {
                mistakes.add(Mistake.of(document.code(), "filing.document.NOT_PROMISABLE", document.name()));
            } else if (document.isNeeded(answers) && !there.contains(document.code()) && !promised) {
                mistakes.add(Mistake.of(
                        document.code(),
                        document.promisable()
                                ? "filing.document.promisable.DOCUMENT_MISSING"
                                : "filing.document.DOCUMENT_MISSING",
                        document.name()));
            }
        }
        if (pack.catalogue().applying().roster() != null && lines.isEmpty(file.number()))
            mistakes.add(Mistake.of(ROSTER, "filing.roster.REQUIRED"));
        promises.stream()
                .filter(p -> pack.catalogue().documents().stream()
                        .noneMatch(d -> d.code().equals(p)))
                .forEach(p -> mistakes.add(Mistake.of("promises", "filing.document.UNKNOWN_PROMISE", p)));
        return mistakes;
    }

    /** What none of these packages' forms asks, or no form could hold; gaps are allowed. */
    public List<Mistake> draftMistakes(List<PolicyPackage> packs, JsonNode answers) {
        List<Mistake> mistakes = new ArrayList<>();
        answers.fieldNames().forEachRemaining(key -> {
            if (packs.stream().allMatch(pack -> form(pack).field(key).isEmpty())) {
                mistakes.add(Mistake.of("answers." + key, "filing.UNKNOWN_ANSWER", key));
            } else if (!isAnswer(answers.get(key)) && !(isByMonth(packs, key) && isSeries(answers.get(key)))) {
                mistakes.add(Mistake.of("answers." + key, "filing.TYPE", label(packs.get(0), key)));
            } else if (Spelling.isDamaged(answers.get(key).asText())) {
                mistakes.add(Mistake.of("answers." + key, "filing.DAMAGED"));
            }
        });
        return mistakes;
    }

    /** Whether a form could ask for the like; whether this one does is told when the case is sent. */
    private static boolean isAnswer(JsonNode value) {
        if (value.isArray())
            return StreamSupport.stream(value.spliterator(), false)
                    .allMatch(item -> item.isValueNode() && !item.isNull() && isAnswer(item));
        if (value.isNumber()) return Math.abs(value.doubleValue()) <= Scheme.LARGEST;
        return value.isValueNode();
    }

    private boolean isByMonth(List<PolicyPackage> packs, String key) {
        return packs.stream().flatMap(pack -> form(pack).field(key).stream()).anyMatch(Form.Field::isByMonth);
    }

    /** An answer, or none yet, for each month. */
    private static boolean isSeries(JsonNode value) {
        return value.isObject()
                && value.properties().stream()
                        .allMatch(e -> Period.month(e.getKey()) != null
                                && e.getValue().isValueNode()
                                && isAnswer(e.getValue()));
    }

    /** What is wrong with answers of these keys alone, where one has come back for them: what is only told elsewhere is a mistake now. */
    public List<Mistake> mistakesIn(PolicyPackage pack, ObjectNode answers, Set<String> keys) {
        return Stream.concat(check.check(form(pack), values(answers)).stream(), remarks(pack, answers).stream())
                .filter(m -> keys.contains(m.field()))
                .toList();
    }

    List<Mistake> remarks(PolicyPackage pack, ObjectNode answers) {
        return check.remarks(form(pack), values(answers));
    }

    /** The form's keys and the documents' codes with which the applicant could put right reasons that rest on a fact. */
    public List<String> itemsFor(PolicyPackage pack, String fact) {
        Set<String> items = new LinkedHashSet<>(
                pack.catalogue().fact(fact).map(Scheme.Fact::mendBy).orElse(List.of()));
        if (form(pack).field(fact).isPresent()) items.add(fact);
        pack.catalogue().documents().stream()
                .filter(d -> d.proves().contains(fact))
                .forEach(d -> items.add(d.code()));
        return List.copyOf(items);
    }

    /** The facts behind an item; none for one that is formal only. */
    public List<String> factsOf(PolicyPackage pack, String item) {
        List<String> about = new ArrayList<>();
        for (var fact : pack.catalogue().facts())
            if (itemsFor(pack, fact.name()).contains(item)) about.add(fact.name());
        return about;
    }

    public boolean isItem(PolicyPackage pack, String item) {
        return item.equals(ROSTER) && pack.catalogue().applying().roster() != null
                || form(pack).field(item).isPresent()
                || pack.catalogue().documents().stream().anyMatch(d -> d.code().equals(item));
    }

    /** The roster, with the lines of which something that the employer tells is missing. */
    public Text roster(PolicyPackage pack, Case file) {
        Scheme.Roster roster = pack.catalogue().applying().roster();
        List<String> gaps = lines.of(file).stream()
                .filter(line -> roster != null
                        && roster.facts().stream()
                                .flatMap(name -> pack.catalogue().fact(name).stream())
                                .anyMatch(f -> f.isTold() && !line.facts().containsKey(f.name())))
                .map(line -> String.valueOf(line.line()))
                .toList();
        return gaps.isEmpty()
                ? Text.of("filing.roster.item")
                : Text.of(
                        "filing.roster.gaps",
                        Text.list(gaps.subList(0, Math.min(gaps.size(), GAPS_NAMED))),
                        gaps.size());
    }

    public Text label(PolicyPackage pack, String item) {
        if (item.equals(ROSTER) && pack.catalogue().applying().roster() != null) return Text.of("filing.roster.item");
        return form(pack)
                .field(item)
                .map(Form.Field::label)
                .orElseGet(() -> pack.catalogue().documents().stream()
                        .filter(d -> d.code().equals(item))
                        .findFirst()
                        .map(Scheme.Document::name)
                        .orElse(Text.same(item)));
    }
}
