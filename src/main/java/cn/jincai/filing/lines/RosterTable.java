package cn.jincai.filing.lines;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Table;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Fact;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A roster as a table: what a spreadsheet program writes, with a column for the name and one for each fact that the employer tells, headed as people call it. */
public final class RosterTable {
    private static final Text NAME = Text.of("filing.roster.column.name");
    static final String NAMED = "name";

    private RosterTable() {}

    /** What its columns are called. */
    public static List<Text> columns(Scheme scheme, Scheme.Roster roster) {
        return Stream.concat(Stream.of(NAME), told(scheme, roster).map(Fact::label))
                .toList();
    }

    static Stream<Fact> told(Scheme scheme, Scheme.Roster roster) {
        return roster.facts().stream()
                .flatMap(name -> scheme.fact(name).stream())
                .filter(f -> f.isTold());
    }

    /** What the columns stand for: {@value #NAMED}, and the names of facts. */
    static List<String> keys(Scheme scheme, Scheme.Roster roster) {
        return Stream.concat(Stream.of(NAMED), told(scheme, roster).map(Fact::name))
                .toList();
    }

    /**
     * A row as it stands there.
     *
     * @param row   as the program counts it that made the table
     * @param cells one for each of {@link #columns}
     * @param line  the same as the API takes it; what a cell says that its fact can't be stays as it is typed
     */
    public record Typed(long row, List<String> cells, ObjectNode line) {}

    /** @throws Problem INVALID under {@code field} where it is no such table */
    public static List<Typed> read(Scheme scheme, Scheme.Roster roster, String field, byte[] file) {
        Table table = table(roster, field, file, columns(scheme, roster));
        Table.mustHaveNoMergedCells(field, file);
        return table.rows().stream()
                .map(row -> typed(scheme, roster, table, row))
                .toList();
    }

    private static Typed typed(Scheme scheme, Scheme.Roster roster, Table table, Table.Row row) {
        List<String> cells = new ArrayList<>();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        cells.add(cell(table, row, NAME, NAMED));
        line.put(NAMED, cells.get(0));
        told(scheme, roster).forEach(fact -> {
            String typed = cell(table, row, fact.label(), fact.name());
            cells.add(typed);
            if (!typed.isEmpty()) put(line, fact, typed);
        });
        return new Typed(row.line(), cells, line);
    }

    /** The column of the names is there under one of its names; by it the delimiter is found. */
    private static Table table(Scheme.Roster roster, String field, byte[] file, List<Text> columns) {
        String example = String.join(",", columns.stream().map(Text::zh).toList());
        Problem none = Problem.invalid(field, "kernel.file.NO_HEADER", example);
        for (String word : List.of(NAME.zh(), NAME.en()))
            try {
                return Table.read(field, file, Set.of(word.toLowerCase(Locale.ROOT)), roster.atMost(), example);
            } catch (Problem other) {
                if (other.mistakes().stream().anyMatch(m -> m.code().equals("TOO_LONG")))
                    throw Problem.invalid(field, "filing.roster.TOO_LONG", roster.atMost());
                if (other.mistakes().stream().noneMatch(m -> m.code().equals("NO_HEADER"))) throw other;
            }
        throw none;
    }

    private static Optional<String> heading(Table table, Text label, String name) {
        return Stream.of(label.zh(), label.en(), name)
                .map(word -> Spelling.ofWord(word).toLowerCase(Locale.ROOT))
                .filter(table.columns()::containsKey)
                .findFirst();
    }

    private static String cell(Table table, Table.Row row, Text label, String name) {
        return heading(table, label, name)
                .map(column -> table.cell(row, column))
                .orElse("");
    }

    private static void put(ObjectNode line, Fact fact, String typed) {
        switch (fact.type()) {
            case DATE -> line.put(fact.name(), typed.replace('/', '-').replace('.', '-'));
            case BOOLEAN, INTEGER, FEN, PERCENT -> plain(line, fact.name(), fact.type(), typed);
            case TEXT -> line.put(fact.name(), code(fact, typed));
            case PERIOD -> line.put(fact.name(), typed);
            case LIST -> {
                ArrayNode items = line.putArray(fact.name());
                for (String item : typed.split("[、;；]"))
                    if (fact.numbers() && item.strip().matches("\\d{1,15}")) items.add(Long.parseLong(item.strip()));
                    else items.add(code(fact, item.strip()));
            }
            case SERIES -> {
                ObjectNode months = line.putObject(fact.name());
                for (String month : typed.split("[、;；\\n]")) {
                    String[] said = month.strip().split("[\\s:：=]+", 2);
                    plain(months, said[0], fact.ofOneMonth().type(), said.length > 1 ? said[1] : "");
                }
            }
        }
    }

    /** What is neither yes nor no and no number stays as it was typed: whoever reads the line says what is wrong with it. */
    private static void plain(ObjectNode in, String name, Scheme.Type type, String typed) {
        String word = typed.toLowerCase(Locale.ROOT);
        if (type != Scheme.Type.BOOLEAN) number(in, name, type, typed);
        else if (Set.of("是", "yes", "true", "y", "1").contains(word)) in.put(name, true);
        else if (Set.of("否", "no", "false", "n", "0").contains(word)) in.put(name, false);
        else in.put(name, typed);
    }

    /** Sums are typed in yuan, as in forms. */
    private static void number(ObjectNode in, String name, Scheme.Type type, String typed) {
        try {
            BigDecimal number = new BigDecimal(typed.replace(",", ""));
            if (type == Scheme.Type.FEN) number = number.movePointRight(2);
            if (number.stripTrailingZeros().scale() <= 0) in.put(name, number.longValueExact());
            else in.put(name, number);
        } catch (ArithmeticException | NumberFormatException noNumber) {
            in.put(name, typed);
        }
    }

    private static String code(Fact fact, String typed) {
        return fact.values().stream()
                .filter(v -> v.name().zh().equals(typed) || v.name().en().equalsIgnoreCase(typed))
                .map(Scheme.Value::code)
                .findFirst()
                .orElse(typed);
    }
}
