package cn.jincai.policy.reading;

import cn.jincai.policy.Findings;
import cn.jincai.policy.SafeXml;
import cn.jincai.policy.Table;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;

/** Reads the decision tables of a DMN file. What it lets through has the shape of {@link Table}; the cells are understood by {@code assessment}. */
final class TableReader {
    private static final int LARGEST = 4 << 20;

    private final String file;
    private final Findings findings;

    TableReader(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** @param needed outputs that each table has and each row fills; {@code allowed} may stand beside them */
    List<Table> read(byte[] xml, Set<String> needed, Set<String> allowed) {
        List<Table> tables = new ArrayList<>();
        if (xml.length > LARGEST) {
            wrong("", "policy.table.TOO_LARGE");
            return tables;
        }
        if (SafeXml.root(file, xml, findings).isEmpty()) return tables;
        DmnModelInstance model;
        try {
            model = Dmn.readModelFromStream(new ByteArrayInputStream(xml));
        } catch (ModelException e) {
            wrong("", "policy.table.NOT_DMN", reason(e));
            return tables;
        }
        Set<String> ids = new HashSet<>();
        for (Decision decision : model.getModelElementsByType(Decision.class)) {
            String place = "table " + decision.getId();
            if (!(decision.getExpression() instanceof DecisionTable table)) wrong(place, "policy.table.other.NO_TABLE");
            else if (table.getHitPolicy() != HitPolicy.COLLECT && table.getHitPolicy() != HitPolicy.RULE_ORDER
                    || table.getAggregation() != null) wrong(place, "policy.table.HIT_POLICY");
            else if (ids.add(decision.getId())) tables.add(table(decision, table, needed, allowed));
        }
        if (tables.isEmpty()) wrong("", "policy.table.NO_TABLE");
        return tables;
    }

    private Table table(Decision decision, DecisionTable table, Set<String> needed, Set<String> allowed) {
        String place = "table " + decision.getId();
        List<Table.Column> columns = new ArrayList<>();
        for (Input input : table.getInputs()) {
            String expression = input.getInputExpression() == null
                            || input.getInputExpression().getText() == null
                    ? ""
                    : text(input.getInputExpression().getText().getTextContent());
            if (expression.isEmpty()) wrong(place + ", column " + (columns.size() + 1), "policy.table.column.MISSING");
            columns.add(new Table.Column(input.getLabel() == null ? expression : input.getLabel(), expression));
        }
        List<String> outputs = new ArrayList<>();
        for (Output output : table.getOutputs()) {
            String name = output.getName() == null ? "" : output.getName();
            if (!needed.contains(name) && !allowed.contains(name)) {
                Set<String> known = new TreeSet<>(needed);
                known.addAll(allowed);
                wrong(place, "policy.table.UNKNOWN_OUTPUT", name, String.join(", ", known));
            }
            if (outputs.contains(name)) wrong(place, "policy.table.TWICE", name);
            outputs.add(name);
        }
        for (String name : needed) if (!outputs.contains(name)) wrong(place, "policy.table.MISSING_OUTPUT", name);
        List<Table.Row> rows = new ArrayList<>();
        for (Rule rule : table.getRules()) rows.add(row(place, rule, rows.size() + 1, outputs, needed));
        return new Table(file, decision.getId(), decision.getName(), columns, rows);
    }

    private Table.Row row(String place, Rule rule, int number, List<String> outputs, Set<String> needed) {
        List<String> cells = new ArrayList<>();
        for (InputEntry entry : rule.getInputEntries()) {
            String cell = entry.getText() == null ? "" : text(entry.getText().getTextContent());
            cells.add(cell.equals("-") ? "" : cell);
        }
        Map<String, String> filled = new LinkedHashMap<>();
        int i = 0;
        for (OutputEntry entry : rule.getOutputEntries()) {
            String cell = entry.getText() == null ? "" : text(entry.getText().getTextContent());
            if (!cell.isEmpty() && i < outputs.size()) filled.put(outputs.get(i), cell);
            i++;
        }
        String id = word(filled.get("rule"));
        for (String name : needed)
            if (!filled.containsKey(name)) wrong(place + ", row " + number, "policy.table.output.MISSING", name);
        return new Table.Row(number, id, cells, filled);
    }

    /** The text inside quotes, the empty text where there is none. */
    static String word(@Nullable String literal) {
        return literal != null && literal.length() >= 2 && literal.startsWith("\"") && literal.endsWith("\"")
                ? literal.substring(1, literal.length() - 1)
                : "";
    }

    private static String text(String text) {
        return text == null ? "" : text.strip();
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) cause = cause.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private void wrong(String place, String key, Object... values) {
        findings.add(file, place, key, values);
    }
}
