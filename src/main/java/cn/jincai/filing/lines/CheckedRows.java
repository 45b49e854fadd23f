package cn.jincai.filing.lines;

import cn.jincai.applicant.ResidentId;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.RosterLines;
import cn.jincai.filing.lines.ReturnedRow.Fault;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Table;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, each judged by itself: what is right goes into the roster, what is not comes back with what is wrong in which cell. Of two rows about one person
 * neither goes, as nobody but the employer knows which of them is right.
 */
public record CheckedRows(List<Good> good, List<ReturnedRow> back) {
    /** Characters of a name, as people count them. */
    public static final int LONGEST_NAME = 60;
    /** Of what is typed in a cell so much is given back. */
    private static final int LONGEST_CELL = 500;

    /** @param number of the identity card, as it is compared @param facts that number among them */
    public record Good(String name, String number, Map<String, Object> facts) {}

    /** @param today the day after which nobody is born yet */
    public static CheckedRows of(Scheme scheme, Scheme.Roster roster, List<RosterTable.Typed> rows, LocalDate today) {
        List<String> columns = RosterTable.keys(scheme, roster);
        Map<String, List<Long>> persons = new HashMap<>();
        rows.forEach(row -> persons.computeIfAbsent(number(roster, row), n -> new ArrayList<>())
                .add(row.row()));
        List<Good> good = new ArrayList<>();
        List<ReturnedRow> back = new ArrayList<>();
        for (RosterTable.Typed row : rows) {
            List<Mistake> mistakes = new ArrayList<>();
            Good read = read(scheme, roster, row, mistakes, today);
            List<Fault> faults = faults(scheme, columns, row, mistakes);
            String number = number(roster, row);
            if (!number.isEmpty())
                persons.getOrDefault(number, List.of()).stream()
                        .filter(other -> other != row.row())
                        .findFirst()
                        .ifPresent(other -> faults.add(new Fault(
                                columns.indexOf(roster.person()), Text.of("filing.roster.SAME_PERSON", other))));
            if (faults.isEmpty() && read != null) good.add(read);
            else back.add(new ReturnedRow(row.row(), shortened(row.cells()), faults));
        }
        return new CheckedRows(good, back);
    }

    private static String number(Scheme.Roster roster, RosterTable.Typed row) {
        return Spelling.ofCode(row.line().path(roster.person()).asText(""));
    }

    private static @Nullable Good read(
            Scheme scheme, Scheme.Roster roster, RosterTable.Typed row, List<Mistake> mistakes, LocalDate today) {
        ObjectNode line = row.line().deepCopy();
        String name = line.path(RosterTable.NAMED).asText("");
        line.remove(RosterTable.NAMED);
        mistakeInName(RosterTable.NAMED, name, mistakes);
        List<AssessedLine.Told> read =
                RosterLines.read(scheme, JsonNodeFactory.instance.arrayNode().add(line), mistakes);
        if (read.isEmpty()) return null;
        Map<String, Object> facts = new HashMap<>(read.get(0).facts());
        String number = Objects.toString(facts.get(roster.person()), "");
        if (mistakes.stream().noneMatch(m -> m.field().endsWith("." + roster.person())))
            ResidentId.check("." + roster.person(), "RESIDENT_ID", number, today)
                    .ifPresent(mistakes::add);
        facts.put(roster.person(), Spelling.ofCode(number));
        return new Good(Spelling.ofName(name), Spelling.ofCode(number), facts);
    }

    /** Told under this field, where the name of an employee can be none. */
    public static void mistakeInName(String field, String name, List<Mistake> mistakes) {
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME)
            mistakes.add(Mistake.of(field, "filing.roster.NAME", LONGEST_NAME));
        else Spelling.mistakeInName(field, name).ifPresent(mistakes::add);
    }

    /** A cell that can't be read is told as that, whatever else is wrong with it. */
    private static List<Fault> faults(
            Scheme scheme, List<String> columns, RosterTable.Typed row, List<Mistake> mistakes) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            if (row.cells().get(i).contains(Table.UNREADABLE))
                faults.add(new Fault(i, Text.of("filing.roster.UNREADABLE")));
            else
                mistakes.stream()
                        .filter(m -> column(columns, m) == column)
                        .forEach(m -> faults.add(new Fault(column, inWords(scheme.fact(columns.get(column)), m))));
        }
        return faults;
    }

    /** In the words of the table, where the API speaks of codes. */
    private static Text inWords(Optional<Scheme.Fact> fact, Mistake mistake) {
        if (fact.isEmpty()) return mistake.message();
        if (mistake.code().equals("UNKNOWN_VALUE") && !fact.get().values().isEmpty())
            return Text.of(
                    "filing.roster.CHOOSE",
                    Text.joined(
                            "kernel.list",
                            fact.get().values().stream().map(Scheme.Value::name).toList()));
        return fact.get().type() == Scheme.Type.BOOLEAN ? Text.of("filing.roster.YES_OR_NO") : mistake.message();
    }

    /** {@code lines[0].boundOn} and {@code boundOn} alike; what belongs to no column is told at the name. */
    private static int column(List<String> columns, Mistake mistake) {
        String field = mistake.field();
        String fact = field.substring(field.lastIndexOf('.') + 1);
        for (int i = 0; i < columns.size(); i++)
            if (fact.equals(columns.get(i)) || fact.startsWith(columns.get(i) + "[")) return i;
        return 0;
    }

    private static List<String> shortened(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.codePointCount(0, cell.length()) <= LONGEST_CELL
                        ? cell
                        : cell.substring(0, cell.offsetByCodePoints(0, LONGEST_CELL)))
                .toList();
    }
}
