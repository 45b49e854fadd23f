package cn.jincai.assessment;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines of a roster from JSON: {@code [{"id": "1", FACT: VALUE, ...}, ...]}; every mistake with the line and fact in which it stands. */
public final class RosterLines {
    /** By which whoever asks knows the line; its place where it has none. */
    public static final String ID = "id";

    private static final int LONGEST_ID = 64;

    private RosterLines() {}

    /** @return nothing that may be used where there are mistakes */
    public static List<AssessedLine.Told> read(Scheme scheme, JsonNode json, List<Mistake> mistakes) {
        Scheme.Roster roster = scheme.applying().roster();
        List<AssessedLine.Told> lines = new ArrayList<>();
        if (roster == null) {
            mistakes.add(Mistake.of("lines", "assessment.lines.NO_ROSTER"));
        } else if (!json.isArray()) {
            mistakes.add(Mistake.of("lines", "assessment.lines.WRONG_TYPE"));
        } else if (json.isEmpty()) {
            mistakes.add(Mistake.of("lines", "assessment.lines.EMPTY"));
        } else if (json.size() > roster.atMost()) {
            mistakes.add(Mistake.of("lines", "assessment.lines.TOO_MANY", json.size(), roster.atMost()));
        } else {
            Seen seen = new Seen(new HashSet<>(), new HashMap<>());
            for (int i = 0; i < json.size(); i++) lines.add(line(scheme, roster, json.get(i), i, seen, mistakes));
        }
        return lines;
    }

    /** @param persons by number, the line in which it stood first */
    private record Seen(Set<String> ids, Map<String, Integer> persons) {}

    private static AssessedLine.Told line(
            Scheme scheme, Scheme.Roster roster, JsonNode json, int index, Seen seen, List<Mistake> mistakes) {
        String at = "lines[" + index + "]";
        Map<String, Object> facts = new HashMap<>();
        if (!json.isObject()) {
            mistakes.add(Mistake.of(at, "assessment.lines.line.WRONG_TYPE"));
            return new AssessedLine.Told(at, facts);
        }
        JsonNode told = json.path(ID);
        String id = told.isTextual() || told.isIntegralNumber() ? told.asText() : String.valueOf(index + 1);
        if (json.has(ID) && (!told.isTextual() && !told.isIntegralNumber() || id.isBlank() || id.length() > LONGEST_ID))
            mistakes.add(Mistake.of(at + "." + ID, "assessment.lines.id.WRONG_TYPE", LONGEST_ID));
        else if (!seen.ids.add(id)) mistakes.add(Mistake.of(at + "." + ID, "assessment.lines.id.TWICE"));
        json.properties().forEach(entry -> {
            String name = entry.getKey();
            if (name.equals(ID) || entry.getValue().isNull()) return;
            Scheme.Fact fact = scheme.fact(name).orElse(null);
            if (fact == null || !roster.facts().contains(name))
                mistakes.add(Mistake.of(
                        at + "." + (name.length() <= 60 ? name : "?"),
                        "assessment.lines.UNKNOWN_FACT",
                        String.join(", ", roster.facts())));
            else {
                Object value = Facts.one(fact, entry.getValue(), at + ".", mistakes);
                if (value != null) facts.put(name, value);
            }
        });
        once(roster, facts, at, index, seen, mistakes);
        return new AssessedLine.Told(id, facts);
    }

    /** Nobody is in a roster twice, however his number is written. */
    private static void once(
            Scheme.Roster roster, Map<String, Object> facts, String at, int index, Seen seen, List<Mistake> mistakes) {
        if (!(facts.get(roster.person()) instanceof String number) || number.isBlank()) return;
        Integer before = seen.persons.putIfAbsent(Spelling.ofCode(number), index);
        if (before != null)
            mistakes.add(Mistake.of(at + "." + roster.person(), "assessment.lines.PERSON_TWICE", before + 1));
    }
}
