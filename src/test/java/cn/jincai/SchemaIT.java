package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.Registration;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.payment.MonthOutcome;
import cn.jincai.payment.PaymentStatus;
import cn.jincai.policy.Step;
import cn.jincai.policy.revision.RevisionKind;
import cn.jincai.process.bulk.BulkApproval;
import cn.jincai.review.ServiceMethod;
import cn.jincai.revision.Revision;
import cn.jincai.simulation.WhatIf;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ReflectionUtils;

/** One rule for all names and references of the schema, and the first database with data upgraded to the newest one (decision 129). {@link SealedIT} looks at what is sealed. */
@EnabledIfSystemProperty(
        named = "db",
        matches = "postgresql",
        disabledReason = "the first data is that of a real installation")
class SchemaIT {
    /** Words that have no plural, and people. */
    private static final Set<String> MASS_NOUNS = Set.of("evidence", "case_timeline", "simulated_people");

    /** References to what need not be there, with the reason. */
    private static final Set<String> REFER_TO_NOTHING = Set.of(
            "audit_entries.case_number", // entries outlive a draft
            "audit_strays.case_number", // written by a stranger
            "relatives.person_key", // told by their numbers, whether on record or not
            "earlier_grants.person_key",
            "case_lines.person_key",
            "decided_lines.person_key",
            "simulated_people.person_key",
            "done_tasks.run_number",
            "open_tasks.run_number", // a run's diagram may begin before it is on record
            "broken_runs.run_number"); // a run that could not be opened is none yet

    /** Names of the row itself, given by somebody else than the database. */
    private static final Set<String> OWN = Set.of(
            "cases.case_number",
            "pay_runs.run_number",
            "issued_documents.document_number",
            "bank_answer_lines.line_number",
            "policy_packages.hash",
            "persons.person_key",
            "passkeys.credential_id",
            "vault_keys.key_id",
            "audit_entries.hash",
            "letterheads.hash",
            "audit_head.hash",
            "audit_heads.hash",
            "audit_strays.hash",
            "monthly_samples.population_hash",
            "panel_draws.pool_hash",
            "payments.pay_key",
            "payments.held_key",
            "run_months.held_key");

    private static JdbcClient db;

    @BeforeAll
    static void theNewestSchemaOverTheFirstData() {
        DataSource database = TestDatabase.fresh("schema_of_today");
        if (!FirstData.isWritten()) FirstData.load(database);
        Flyway.configure().dataSource(database).load().migrate();
        db = JdbcClient.create(database);
    }

    @Test
    void tablesAreCalledByWhatManyOfTheirRowsAreOrHaveOneRow() {
        Set<String> single = new TreeSet<>(list("""
            select u.table_name from information_schema.check_constraints c join information_schema.constraint_column_usage u
            on u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name where c.check_clause like '%(id = 1)%'"""));
        assertThat(
                        list(
                                "select table_name from information_schema.tables where table_schema = 'public' and table_name <> 'flyway_schema_history'"))
                .hasSizeGreaterThan(50)
                .allSatisfy(table -> assertThat(table.endsWith("s")
                                || MASS_NOUNS.contains(table)
                                || single.contains(table)
                                || table.equals("policies_in_force"))
                        .as(table)
                        .isTrue());
    }

    @Test
    void aCaseIsCalledByItsNumberAndEverythingThatRefersToARowIsHeldToIt() {
        Set<String> referring = references().keySet();
        for (var reference : references().entrySet())
            if (reference.getValue().equals("cases.case_number"))
                assertThat(reference.getKey()).endsWith(".case_number");
        Set<String> loose = new TreeSet<>(columns());
        loose.removeIf(column -> !column.matches(".*[._](id|hash|number|key)") || isSealed(column));
        loose.removeIf(column -> column.endsWith(".id") || column.endsWith(".row_key"));
        loose.removeAll(referring);
        loose.removeAll(OWN);
        assertThat(loose).isEqualTo(new TreeSet<>(REFER_TO_NOTHING));
    }

    /** Of the first data: whatever holds a case's number is called so, and holds one that is there. */
    @Test
    void noOtherColumnHoldsTheNumberOfACase() {
        for (String column : columns()) {
            String[] at = column.split("\\.");
            long found = db.sql(
                            "select count(*) from " + at[0] + " where cast(" + at[1] + " as varchar) ~ '^JC[0-9]{10}$'")
                    .query(Long.class)
                    .single();
            if (!at[1].equals("case_number")) assertThat(found).as(column).isZero();
        }
        assertThat(list("select case_number from cases")).contains(FirstData.CASE);
    }

    /** A set that Java closes is the one that the table takes: neither can be changed alone. */
    @Test
    void whatATableTakesIsWhatTheProgramKnows() {
        Map<String, Collection<String>> known = new TreeMap<>();
        known.put("case_timeline.seen_by", codes(CaseEvent.Audience.class));
        known.put("cases.outcome", CaseLifecycle.OUTCOMES);
        known.put("bulk_items.state", codes(BulkApproval.State.class));
        known.put(
                "persons.document_type",
                Stream.concat(Registration.DOCUMENT_TYPES.stream(), Stream.of(Persons.CREDIT_CODE))
                        .toList());
        known.put("issued_documents.kind", codes(named("cn.jincai.document.DocumentKind")));
        known.put("document_counts.kind", codes(named("cn.jincai.document.DocumentKind")));
        known.put("decisions.served_how", codes(ServiceMethod.class));
        known.put("objections.outcome", outcomes(Step.Kind.OBJECTION));
        known.put("panel_seats.vote", outcomes(Step.Kind.PANEL));
        known.put("payments.status", codes(PaymentStatus.class));
        known.put("run_months.outcome", codes(MonthOutcome.class));
        known.put("revisions.kind", RevisionKind.codes());
        known.put("revisions.outcome", codes(Revision.Outcome.class));
        known.put("what_if_runs.state", codes(WhatIf.State.class));
        known.put("what_if_runs.over_whom", codes(WhatIf.Over.class));
        Map<String, Set<String>> taken = taken();
        known.forEach(
                (column, codes) -> assertThat(taken.get(column)).as(column).isEqualTo(new TreeSet<>(codes)));
        assertThat(columns().stream()
                        .filter(c -> c.matches(".*\\.(outcome|status|state|role|by_role|vote)"))
                        .filter(c -> !taken.containsKey(c)))
                .as("what is data of a package or of a register, or written by a stranger")
                .containsExactlyInAnyOrder(
                        "opinions.outcome",
                        "revision_steps.outcome",
                        "audit_strays.role",
                        "account_roles.role",
                        "audit_entries.role",
                        "case_looks.role",
                        "case_timeline.role",
                        "payment_steps.by_role",
                        "staff_roles.role");
    }

    private static boolean isSealed(String column) {
        return column.contains(".sealed_");
    }

    private static List<String> list(String sql) {
        return db.sql(sql).query(String.class).list();
    }

    private static List<String> columns() {
        return list(
                "select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and table_name <> 'flyway_schema_history' order by 1");
    }

    /** Column by column, as {@code payments.batch_id} to {@code payment_batches.id}. */
    private static Map<String, String> references() {
        Map<String, String> references = new TreeMap<>();
        db.sql("""
            select k.table_name || '.' || k.column_name, p.table_name || '.' || p.column_name from information_schema.referential_constraints r
            join information_schema.key_column_usage k on k.constraint_schema = r.constraint_schema and k.constraint_name = r.constraint_name
            join information_schema.key_column_usage p on p.constraint_schema = r.unique_constraint_schema and p.constraint_name = r.unique_constraint_name
              and p.ordinal_position = k.position_in_unique_constraint where k.table_schema = 'public'""").query(row -> {
            references.put(row.getString(1), row.getString(2));
        });
        return references;
    }

    private static Map<String, Set<String>> taken() {
        Map<String, Set<String>> taken = new TreeMap<>();
        db.sql("""
            select u.table_name || '.' || u.column_name, c.check_clause from information_schema.check_constraints c join information_schema.constraint_column_usage u
            on u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name where c.constraint_name like '%_is_known'""").query(row -> {
            taken.put(
                    row.getString(1),
                    Pattern.compile("'([^']+)'")
                            .matcher(row.getString(2))
                            .results()
                            .map(code -> code.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        });
        return taken;
    }

    private static Class<?> named(String type) {
        try {
            return Class.forName(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Set<String> outcomes(Step.Kind kind) {
        return (Set<String>) ReflectionTestUtils.getField(kind, "outcomes");
    }

    /** Their codes as they are kept: by a method or a field {@code code}, else their names. */
    private static Set<String> codes(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(SchemaIT::code).collect(Collectors.toSet());
    }

    private static String code(Object constant) {
        Class<?> type = ((Enum<?>) constant).getDeclaringClass();
        Method method = ReflectionUtils.findMethod(type, "code");
        Field field = ReflectionUtils.findField(type, "code");
        if (method == null && field == null) return ((Enum<?>) constant).name();
        AccessibleObject code = method == null ? field : method;
        code.setAccessible(true);
        return (String)
                (method == null
                        ? ReflectionUtils.getField(field, constant)
                        : ReflectionUtils.invokeMethod(method, constant));
    }
}
