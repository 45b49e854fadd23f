package cn.jincai.filing.lines;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What sources outside have said of the lines of a roster, and what officers have recorded over it (rulebook 3, 7.4): sealed line by line. Of a source the last answer
 * counts, of officers the latest word; both go with their line when a roster is handed in anew.
 */
@Component
public class LineWords {
    private final JdbcClient db;
    private final JdbcOperations batches;
    private final Vault vault;
    private final JsonColumns columns;
    private final CityClock clock;
    private final ReadOnce<CaseNumber, List<Heard>> answers = new ReadOnce<>(this::readAnswers);
    private final ReadOnce<CaseNumber, List<Recorded>> records = new ReadOnce<>(this::readRecords);

    LineWords(JdbcClient db, JdbcOperations batches, Vault vault, JsonColumns columns, CityClock clock) {
        this.db = db;
        this.batches = batches;
        this.vault = vault;
        this.columns = columns;
        this.clock = clock;
    }

    /**
     * How a source stands to a line.
     *
     * @param line      from 1
     * @param askedWith a fingerprint of the question
     * @param answered  whether the last question was answered
     * @param facts     of the last answer there was, empty before there was one
     */
    public record Heard(
            int line,
            String source,
            String askedWith,
            Instant askedAt,
            boolean answered,
            Map<String, JsonNode> facts) {}

    /** One fact of a line as an officer recorded it. @param note why, in his words */
    public record Recorded(int line, String name, JsonNode value, String account, String note) {}

    /** @param facts null where the source was silent: what it said before stays */
    public record Said(
            int line,
            String source,
            String askedWith,
            @Nullable Map<String, ?> facts) {}

    /** By line, from 1: the facts of sources outside, with those over them that officers recorded. */
    public Map<Integer, Map<String, JsonNode>> of(CaseNumber number) {
        Map<Integer, Map<String, JsonNode>> known = new HashMap<>();
        answers.get(number).forEach(heard -> at(known, heard.line).putAll(heard.facts));
        records.get(number).forEach(word -> at(known, word.line).put(word.name, word.value));
        return known;
    }

    private static Map<String, JsonNode> at(Map<Integer, Map<String, JsonNode>> known, int line) {
        return known.computeIfAbsent(line, l -> new HashMap<>());
    }

    public List<Heard> heard(CaseNumber number) {
        return answers.get(number);
    }

    /** In the order in which they were recorded. */
    public List<Recorded> recorded(CaseNumber number) {
        return records.get(number);
    }

    /** What sources said just now, silence as well. */
    public void hear(CaseNumber number, List<Said> said) {
        Map<List<Object>, Heard> before = new HashMap<>();
        answers.get(number).forEach(heard -> before.put(List.of(heard.line, heard.source), heard));
        OffsetDateTime now = clock.timestamp();
        List<Object[]> added = new ArrayList<>(), changed = new ArrayList<>();
        for (Said one : said) {
            Heard known = before.get(List.of(one.line, one.source));
            Object kept = one.facts != null ? one.facts : known == null ? Map.of() : known.facts;
            Object sealed = vault.seal(
                    LineSeals.ANSWER, columns.write(new TreeMap<>((Map<?, ?>) kept)), number, one.line, one.source);
            Object[] row = {one.askedWith, now, one.facts != null, sealed, number.value(), one.line, one.source};
            (known == null ? added : changed).add(row);
        }
        batches.batchUpdate(
                "insert into case_line_answers (asked_with, asked_at, answered, sealed_facts, case_number, line, source) values (?, ?, ?, ?, ?, ?, ?)",
                added);
        batches.batchUpdate(
                "update case_line_answers set asked_with = ?, asked_at = ?, answered = ?, sealed_facts = ? where case_number = ? and line = ? and source = ?",
                changed);
        answers.forget();
    }

    /** @param evidence a document of the case that shows it, or null */
    public void record(CaseNumber number, Recorded word, @Nullable Long evidence) {
        String key = UUID.randomUUID().toString();
        db.sql("""
            insert into case_line_facts (case_number, line, name, row_key, sealed_value, recorded_at, account, evidence_id, sealed_note)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        number.value(),
                        word.line,
                        word.name,
                        key,
                        vault.seal(LineSeals.FACT, word.value.toString(), number, word.line, word.name, key),
                        clock.timestamp(),
                        word.account,
                        evidence,
                        vault.seal(LineSeals.NOTE, word.note, number, word.line, word.name, key))
                .update();
        records.forget();
    }

    /** Other people stand in the lines now. */
    public void forget() {
        answers.forget();
        records.forget();
    }

    private List<Heard> readAnswers(CaseNumber number) {
        return db.sql("select * from case_line_answers where case_number = ? order by line, source")
                .param(number.value())
                .query((row, n) -> {
                    int line = row.getInt("line");
                    String source = row.getString("source");
                    Sealed facts = Sealed.always(row, LineSeals.ANSWER.column());
                    return new Heard(
                            line,
                            source,
                            row.getString("asked_with"),
                            row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                            row.getBoolean("answered"),
                            columns.read(
                                    vault.open(LineSeals.ANSWER, facts, number, line, source),
                                    new TypeReference<Map<String, JsonNode>>() {}));
                })
                .list();
    }

    private List<Recorded> readRecords(CaseNumber number) {
        return db.sql("select * from case_line_facts where case_number = ? order by id")
                .param(number.value())
                .query((row, n) -> {
                    int line = row.getInt("line");
                    String name = row.getString("name"), key = row.getString("row_key");
                    Sealed value = Sealed.always(row, LineSeals.FACT.column()),
                            note = Sealed.always(row, LineSeals.NOTE.column());
                    return new Recorded(
                            line,
                            name,
                            columns.read(vault.open(LineSeals.FACT, value, number, line, name, key), JsonNode.class),
                            row.getString("account"),
                            vault.open(LineSeals.NOTE, note, number, line, name, key));
                })
                .list();
    }
}
