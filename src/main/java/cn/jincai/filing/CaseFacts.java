package cn.jincai.filing;

import cn.jincai.assessment.Facts;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is known of a case and who said it. Until data checks the applicant's word counts; from then on a fact that has a source counts only
 * as that source or an officer gives it (rulebook 3). Nothing is overwritten: the latest word of each kind is read.
 */
@Component
public class CaseFacts {
    public static final String APPLICANT = "applicant", OFFICER = "officer", OWN_RECORDS = "own-records";

    private final JdbcClient db;
    private final JdbcOperations batches;
    private final Vault vault;
    private final JsonColumns columns;
    private final ObjectMapper json;
    private final CityClock clock;
    private final Packages packages;
    private final ReadOnce<CaseNumber, Map<String, Map<String, Word>>> rows = new ReadOnce<>(this::words);

    CaseFacts(
            JdbcClient db,
            JdbcOperations batches,
            Vault vault,
            JsonColumns columns,
            ObjectMapper json,
            CityClock clock,
            Packages packages) {
        this.db = db;
        this.batches = batches;
        this.vault = vault;
        this.columns = columns;
        this.json = json;
        this.clock = clock;
        this.packages = packages;
    }

    /** The facts that the rules read, typed; what is unknown is absent. */
    public Map<String, Object> effective(Case file) {
        Map<String, Object> facts = new HashMap<>();
        for (KnownFact fact : sheet(file)) if (fact.value() != null) facts.put(fact.name(), fact.value());
        return facts;
    }

    /** Every fact of the claim in the scheme's order, known or not; those of a roster stand with its lines. */
    public List<KnownFact> sheet(Case file) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Map<String, Map<String, Word>> words = rows.get(file.number());
        ObjectNode told = told(file, scheme);
        Map<String, Object> applicants = read(scheme, told);
        List<KnownFact> sheet = new ArrayList<>();
        for (var fact : scheme.facts()) {
            if (scheme.isOfLine(fact.name())) continue;
            Map<String, Word> said = words.getOrDefault(fact.name(), Map.of());
            Word counts = said.get(OFFICER);
            boolean sourced = !fact.source().equals(APPLICANT);
            if (counts == null && sourced) counts = said.get(fact.source());
            Object own = applicants.get(fact.name());
            if (counts == null && own != null && (!sourced || file.checkedAt() == null)) {
                sheet.add(new KnownFact(fact.name(), own, APPLICANT, dayTold(file), own, null));
            } else if (counts == null) {
                sheet.add(new KnownFact(fact.name(), null, null, null, own, null));
            } else {
                Object value = read(scheme, json.createObjectNode().set(fact.name(), counts.value))
                        .get(fact.name());
                sheet.add(new KnownFact(fact.name(), value, counts.source, counts.asOf, own, counts.note));
            }
        }
        return sheet;
    }

    /** What the sources themselves said last, also where an officer has recorded something over it; what they don't know is absent. */
    public Map<String, Object> sourcesWord(Case file) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Map<String, Map<String, Word>> words = rows.get(file.number());
        ObjectNode said = json.createObjectNode();
        for (var fact : scheme.facts()) {
            Word word = words.getOrDefault(fact.name(), Map.of()).get(fact.source());
            if (word != null && !fact.source().equals(APPLICANT)) said.set(fact.name(), word.value);
        }
        return read(scheme, said);
    }

    /** A source's answer in the scheme's types; what does not read is absent. */
    public Map<String, Object> typed(Scheme scheme, Map<String, ?> told) {
        return read(scheme, json.valueToTree(told));
    }

    /** One word about a fact. @param value JSON null where it is not known @param account whose word, null for a source's */
    record Said(
            String name,
            JsonNode value,
            String source,
            LocalDate asOf,
            @Nullable String account,
            @Nullable Long evidence,
            @Nullable String note) {}

    void record(CaseNumber number, List<Said> words) {
        rows.forget();
        batches.batchUpdate("""
            insert into case_facts (case_number, name, row_key, sealed_value, source, as_of, recorded_at, account, evidence_id, sealed_note)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", words.stream().map(word -> row(number, word)).toList());
    }

    private @Nullable Object[] row(CaseNumber number, Said word) {
        String key = UUID.randomUUID().toString();
        return new @Nullable Object[] {
            number.value(),
            word.name,
            key,
            vault.seal(CaseSeals.FACT, word.value.toString(), number, word.name, key),
            word.source,
            word.asOf,
            clock.timestamp(),
            word.account,
            word.evidence,
            vault.seal(CaseSeals.FACT_NOTE, word.note, number, word.name, key)
        };
    }

    /** The applicant's word as sent, kept for the record; what counts is read from the answers as they stand. */
    void recordTold(Case file) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        record(
                file.number(),
                told(file, scheme).properties().stream()
                        .map(e -> new Said(
                                e.getKey(), e.getValue(), APPLICANT, dayTold(file), file.applicant(), null, null))
                        .toList());
    }

    /** What a source said: all facts of one answer. Facts that it no longer knows become unknown. */
    void recordAnswer(CaseNumber number, Scheme scheme, String source, Map<String, ?> facts, LocalDate asOf) {
        record(
                number,
                scheme.facts().stream()
                        .filter(fact -> fact.source().equals(source))
                        .map(fact -> new Said(
                                fact.name(), json.valueToTree(facts.get(fact.name())), source, asOf, null, null, null))
                        .toList());
    }

    /** The facts among a form's answers, as JSON; what is malformed is left to the form's own check. */
    private ObjectNode told(Case file, Scheme scheme) {
        ObjectNode told = json.createObjectNode();
        for (var fact : scheme.facts()) {
            JsonNode answer = file.answers().get(fact.name());
            if (answer != null
                    && !answer.isNull()
                    && !(answer.isTextual() && answer.asText().isEmpty())) told.set(fact.name(), answer);
        }
        return told;
    }

    /** Each fact by itself: one that does not read counts as not told. */
    private Map<String, Object> read(Scheme scheme, ObjectNode values) {
        Map<String, Object> facts = new LinkedHashMap<>();
        values.fields()
                .forEachRemaining(
                        e -> Facts.readOne(scheme, e.getKey(), e.getValue()).ifPresent(v -> facts.put(e.getKey(), v)));
        return facts;
    }

    private LocalDate dayTold(Case file) {
        return file.assessedOn(clock.today());
    }

    private Map<String, Map<String, Word>> words(CaseNumber number) {
        Map<String, Map<String, Word>> words = new HashMap<>();
        db.sql(
                        "select name, row_key, sealed_value, source, as_of, sealed_note from case_facts where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> {
                    String name = row.getString("name"), key = row.getString("row_key");
                    Sealed value = Sealed.always(row, CaseSeals.FACT.column()),
                            note = Sealed.in(row, CaseSeals.FACT_NOTE.column());
                    Word word = new Word(
                            columns.read(vault.open(CaseSeals.FACT, value, number, name, key), JsonNode.class),
                            row.getString("source"),
                            row.getObject("as_of", LocalDate.class),
                            vault.open(CaseSeals.FACT_NOTE, note, number, name, key));
                    return words.computeIfAbsent(name, k -> new HashMap<>()).put(word.source, word);
                })
                .list();
        return words;
    }

    private record Word(
            JsonNode value,
            String source,
            LocalDate asOf,
            @Nullable String note) {}
}
