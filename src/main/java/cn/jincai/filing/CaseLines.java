package cn.jincai.filing;

import cn.jincai.applicant.Persons;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Facts;
import cn.jincai.filing.lines.LineWords;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The roster of a case, line by line, sealed. It is as it was handed in; what this house has granted for each employee stands beside it, and what sources and officers say of him in {@link LineWords}. */
@Component
public class CaseLines {
    private final JdbcClient db;
    private final JdbcOperations batches;
    private final Vault vault;
    private final JsonColumns columns;
    private final ObjectMapper json;
    private final Packages packages;
    private final Persons persons;
    private final LineWords words;
    private final ReadOnce<CaseNumber, List<Kept>> rows = new ReadOnce<>(this::fetch);

    CaseLines(
            JdbcClient db,
            JdbcOperations batches,
            Vault vault,
            JsonColumns columns,
            ObjectMapper json,
            Packages packages,
            Persons persons,
            LineWords words) {
        this.persons = persons;
        this.words = words;
        this.db = db;
        this.batches = batches;
        this.vault = vault;
        this.columns = columns;
        this.json = json;
        this.packages = packages;
    }

    /**
     * One employee of a roster.
     *
     * @param line   from 1
     * @param name   as the employer writes it
     * @param number of his identity card
     * @param facts  what is known of him, typed
     */
    public record Line(int line, String name, String number, Map<String, Object> facts) {}

    /** As it is sealed. @param told by the employer @param own what own records counted, empty before they were asked */
    private record Kept(int line, String name, Map<String, JsonNode> told, Map<String, JsonNode> own) {}

    private record Words(String name, Map<String, JsonNode> told, Map<String, JsonNode> own) {}

    /** In their order; none where the scheme of the case has no roster. */
    public List<Line> of(Case file) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Scheme.Roster roster = scheme.applying().roster();
        if (roster == null) return List.of();
        Map<Integer, Map<String, JsonNode>> others = words.of(file.number());
        return rows.get(file.number()).stream()
                .map(kept -> {
                    Map<String, Object> facts = typed(scheme, kept.told);
                    facts.putAll(typed(scheme, kept.own));
                    facts.putAll(typed(scheme, others.getOrDefault(kept.line, Map.of())));
                    return new Line(
                            kept.line, kept.name, String.valueOf(facts.getOrDefault(roster.person(), "")), facts);
                })
                .toList();
    }

    /** The same without what others say of them: as the employer told it. */
    List<Line> toldOnly(Case file) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Scheme.Roster roster = scheme.applying().roster();
        if (roster == null) return List.of();
        return rows.get(file.number()).stream()
                .map(kept -> {
                    Map<String, Object> facts = typed(scheme, kept.told);
                    return new Line(
                            kept.line, kept.name, String.valueOf(facts.getOrDefault(roster.person(), "")), facts);
                })
                .toList();
    }

    /** As the rules are asked. */
    List<AssessedLine.Told> told(Case file) {
        return of(file).stream()
                .map(line -> new AssessedLine.Told(String.valueOf(line.line), line.facts))
                .toList();
    }

    private static Map<String, Object> typed(Scheme scheme, Map<String, JsonNode> values) {
        Map<String, Object> facts = new HashMap<>();
        values.forEach((name, value) -> Facts.readOne(scheme, name, value).ifPresent(read -> facts.put(name, read)));
        return facts;
    }

    /** Instead of the lines before. @param lines facts by name, as the employer tells them @param at when he does */
    void replace(CaseNumber number, List<Line> lines, OffsetDateTime at) {
        db.sql("delete from case_lines where case_number = ?")
                .param(number.value())
                .update();
        List<Kept> kept = lines.stream()
                .map(line -> new Kept(line.line, line.name, nodes(line.facts), Map.of()))
                .toList();
        batches.batchUpdate(
                "insert into case_lines (case_number, line, person_key, sealed_line, handed_in_at) values (?, ?, ?, ?, ?)",
                IntStream.range(0, kept.size())
                        .mapToObj(i -> new Object[] {
                            number.value(),
                            kept.get(i).line,
                            persons.key("RESIDENT_ID", lines.get(i).number()),
                            seal(number, kept.get(i)),
                            at
                        })
                        .toList());
        rows.forget();
        words.forget();
    }

    /** What own records count for each, in the order of the lines. */
    void recordOwn(CaseNumber number, List<Map<String, Object>> counted) {
        List<Kept> before = rows.get(number);
        List<Object[]> changed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            Kept line = before.get(i);
            Kept after = new Kept(line.line, line.name, line.told, nodes(counted.get(i)));
            if (!after.equals(line)) changed.add(new Object[] {seal(number, after), number.value(), line.line});
        }
        batches.batchUpdate("update case_lines set sealed_line = ? where case_number = ? and line = ?", changed);
        rows.forget();
    }

    /** Where a person stands in rosters that were sent: the case and his line, the latest first. */
    List<Map.Entry<CaseNumber, Integer>> naming(Set<String> personKeys) {
        return db.sql(
                        "select l.case_number, l.line from case_lines l join cases c on c.case_number = l.case_number where l.person_key in (:keys) and c.stage <> 'draft' order by c.submitted_at desc, l.case_number desc fetch first 100 rows only")
                .param("keys", personKeys)
                .query((row, n) -> Map.entry(new CaseNumber(row.getString("case_number")), row.getInt("line")))
                .list();
    }

    /** A person's line in the roster of one case that was sent. */
    List<Integer> naming(Set<String> personKeys, CaseNumber number) {
        return db.sql(
                        "select l.line from case_lines l join cases c on c.case_number = l.case_number where l.case_number = :number and l.person_key in (:keys) and c.stage <> 'draft' order by l.line")
                .param("number", number.value())
                .param("keys", personKeys)
                .query(Integer.class)
                .list();
    }

    boolean isHandedInSince(CaseNumber number, Instant moment) {
        return db.sql("select count(*) from case_lines where case_number = ? and handed_in_at >= ?")
                        .params(number.value(), Instants.utc(moment))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whom the lines are about, by the keys of their documents. */
    Set<String> persons(CaseNumber number) {
        return Set.copyOf(db.sql("select person_key from case_lines where case_number = ?")
                .param(number.value())
                .query(String.class)
                .list());
    }

    public boolean isEmpty(CaseNumber number) {
        return rows.get(number).isEmpty();
    }

    int count(CaseNumber number) {
        return rows.get(number).size();
    }

    /** For the archive, by line. */
    String written(List<AssessedLine.Told> lines) {
        ArrayNode all = json.createArrayNode();
        lines.forEach(line -> all.addObject().put("id", line.id()).set("facts", json.valueToTree(line.facts())));
        return all.toString();
    }

    private Map<String, JsonNode> nodes(Map<String, Object> facts) {
        Map<String, JsonNode> nodes = new HashMap<>();
        facts.forEach((name, value) -> nodes.put(name, json.valueToTree(value)));
        return nodes;
    }

    private Sealed seal(CaseNumber number, Kept line) {
        return vault.seal(CaseSeals.LINE, columns.write(new Words(line.name, line.told, line.own)), number, line.line);
    }

    private List<Kept> fetch(CaseNumber number) {
        return db
                .sql("select line, sealed_line from case_lines where case_number = ? order by line")
                .param(number.value())
                .query((row, n) -> Map.entry(row.getInt("line"), Sealed.always(row, "sealed_line")))
                .list()
                .stream()
                .map(row -> {
                    Words words = columns.read(
                            vault.open(CaseSeals.LINE, row.getValue(), number, row.getKey()),
                            new TypeReference<Words>() {});
                    return new Kept(row.getKey(), words.name, words.told, words.own);
                })
                .toList();
    }

    /** The lines of an archived assessment. @param written null where there was no roster */
    public static List<AssessedLine.Told> read(JsonColumns columns, Scheme scheme, @Nullable String written) {
        if (written == null) return List.of();
        List<AssessedLine.Told> lines = new ArrayList<>();
        for (JsonNode line : columns.read(written, JsonNode.class)) {
            Map<String, Object> facts = new HashMap<>();
            line.get("facts")
                    .properties()
                    .forEach(e -> facts.put(
                            e.getKey(),
                            Optional.of(e.getValue())
                                    .flatMap(v -> Facts.readOne(scheme, e.getKey(), v))
                                    .orElseThrow(() -> new IllegalStateException(
                                            "a kept fact of a line does not read: " + e.getKey()))));
            lines.add(new AssessedLine.Told(line.get("id").asText(), facts));
        }
        return lines;
    }
}
