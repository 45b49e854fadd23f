package cn.jincai.audit;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.payment.Payments;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import cn.jincai.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A hundred changes at random by somebody who can write to every table: each is found, and target/tampering.txt tells by what. Each is undone. */
@CaseTest
@Tag("issue-15.5")
class TamperingAttackIT {
    private static final int ATTACKS = 100;
    /** What of each row is told to the record or marked; none of these columns is there by chance. */
    private static final Map<String, List<String>> COLUMNS = Map.of(
            "decisions", List.of("decided_on", "outcome", "signed_by"),
            "decided_benefits",
                    List.of(
                            "person_key",
                            "scheme",
                            "benefit",
                            "outcome",
                            "amount_fen",
                            "due_now_fen",
                            "decided_on",
                            "benefit_json"),
            "payments", List.of("person_key", "benefit", "amount_fen", "pay_key", "status"),
            "policies_in_force", List.of("package_hash", "from_day", "scheme"),
            "policy_packages", List.of("scheme", "calendar_version"),
            "policy_files", List.of("content", "path"),
            "audit_entries", List.of("kind", "account", "role", "what_zh", "details", "at"));

    private static final Map<String, String> KEYS = Map.of(
            "decisions", "document_id",
            "decided_benefits", "id",
            "payments", "id",
            "policies_in_force", "id",
            "policy_packages", "hash",
            "policy_files", "package_hash || ' ' || path",
            "audit_entries", "seq");

    /** Of packages, those that hold or held: another is no use to anybody until it is read, and then compared with its hash. */
    private static final Map<String, String> WHICH = Map.of(
            "policy_packages",
            " where hash in (select package_hash from policies_in_force)",
            "policy_files",
            " where package_hash in (select package_hash from policies_in_force)");

    private final Random random = new Random(15);
    private SealedColumn exchanged;

    @Autowired
    City city;

    @Autowired
    AuditWatch watch;

    @Autowired
    Payments payments;

    @Autowired
    Vault vault;

    @Autowired
    List<SealedColumns> rooms;

    @Autowired
    JdbcTemplate db;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void casesPaidAndToBePaid() {
        city.at("2026-03-02T09:00");
        city.checked("skills-award", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .paid();
        city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        city.checked("skills-award", "partial").reviewedByBoth().noticedAndSigned();
        assertThat(watch.look(true).check().found()).isNull();
    }

    @Test
    void eachOfAHundredChangesAtRandomIsFound() throws IOException {
        Map<String, Integer> told = new TreeMap<>();
        for (int attack = 0; attack < ATTACKS; attack++) {
            AtomicReference<String> what = new AtomicReference<>(), by = new AtomicReference<>();
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                status.setRollbackOnly();
                what.set(attack());
                by.set(foundBy());
            });
            assertThat(by.get()).as(what.get()).isNotNull();
            told.merge(what.get().replaceAll(" of row .*", "") + ": " + by.get(), 1, Integer::sum);
        }
        assertThat(watch.look(true).check().found()).as("all is as it was").isNull();
        List<String> lines = new ArrayList<>();
        told.forEach((line, times) -> lines.add(times + " × " + line));
        Files.write(Path.of("target/tampering.txt"), lines);
    }

    private String attack() {
        exchanged = null;
        return switch (random.nextInt(10)) {
            case 0 -> deleted("audit_entries");
            case 1 -> cutOff();
            case 2 -> exchangedSeal();
            case 3 -> inserted();
            case 4 -> deleted(random.nextBoolean() ? "decided_benefits" : "payments");
            case 5 -> deleted(random.nextBoolean() ? "policies_in_force" : "policy_files");
            case 6 -> insertedPackage();
            default -> changed(new ArrayList<>(COLUMNS.keySet()).get(random.nextInt(COLUMNS.size())));
        };
    }

    private String changed(String table) {
        String column = any(COLUMNS.get(table)), key = KEYS.get(table);
        Object row = any(rows(table));
        Object was =
                db.queryForObject("select " + column + " from " + table + " where " + key + " = ?", Object.class, row);
        assertThat(db.update(
                        "update " + table + " set " + column + " = " + another(column, was) + " where " + key + " = ?",
                        row))
                .isOne();
        return table + "." + column + " changed of row " + row;
    }

    /** Another value that the column takes. */
    private static String another(String column, Object was) {
        return switch (column) {
            case "outcome" -> "granted".equals(was) ? "'refused'" : "'granted'";
            case "role" -> "admin".equals(was) ? "'leader'" : "'admin'";
            case "status" -> "paid".equals(was) ? "'due'" : "'paid'";
            case "package_hash" -> "(select min(hash) from policy_packages where hash <> '" + was + "')";
            case "scheme" -> "(select min(scheme) from policy_packages where scheme <> '" + was + "')";
            case "from_day" -> "from_day + interval '1' day";
            case "content" ->
                "(select other.content from policy_files other where other.content <> policy_files.content fetch first 1 rows only)";
            case "person_key" -> "(select min(person_key) from persons where person_key <> '" + was + "')";
            case "decided_on" -> "decided_on + interval '1' day";
            case "at" -> "at + interval '1' day";
            default -> was instanceof Number ? column + " + 100" : "coalesce(" + column + ", '') || 'x'";
        };
    }

    private String deleted(String table) {
        Object row = any(rows(table));
        if (table.equals("payments")) {
            db.update("update cases set asking_payment_id = null where asking_payment_id = ?", row);
            for (String of : List.of(
                    "payment_batch_items", "payment_steps", "budget_entries", "run_months", "payment_spellings"))
                db.update("delete from " + of + " where payment_id = ?", row);
        }
        assertThat(db.update("delete from " + table + " where " + KEYS.get(table) + " = ?", row))
                .isOne();
        return table + " deleted of row " + row;
    }

    /** The end is taken away and what says where the end is made to fit. */
    private String cutOff() {
        long end = Objects.requireNonNull(db.queryForObject("select seq from audit_head where id = 1", Long.class));
        long left = end - 1 - random.nextInt(5);
        db.update("delete from audit_entries where seq > ?", left);
        db.update(
                "update audit_head set seq = ?, hash = (select hash from audit_entries where seq = ?) where id = 1",
                left,
                left);
        return "audit_entries cut off of row " + left;
    }

    /** A grant or a payment that nobody decided, copied from one that somebody did. */
    private String inserted() {
        if (random.nextBoolean()) {
            Object row = any(rows("decided_benefits"));
            db.update("""
                    insert into decided_benefits (case_number, person_key, scheme, benefit, outcome, amount_fen, due_now_fen, decided_on, sealed_facts, benefit_json)
                    select case_number, person_key, scheme, benefit, 'granted', amount_fen + 100, due_now_fen, decided_on, sealed_facts, benefit_json
                    from decided_benefits where id = ?""", row);
            return "decided_benefits inserted of row " + row;
        }
        Object row = any(rows("payments"));
        db.update("""
                insert into payments (case_number, scheme, package_hash, applicant, person_key, benefit, fund, amount_fen, pay_key, status, give_up_asked, account_asked, ordered_at,
                mark, standing_mark)
                select case_number, scheme, package_hash, applicant, person_key, benefit, fund, amount_fen, pay_key, 'due', false, false, ordered_at, mark, standing_mark
                from payments where id = ?""", row);
        return "payments inserted of row " + row;
    }

    /** Another package in force, or a file beside those that were frozen. */
    private String insertedPackage() {
        if (random.nextBoolean()) {
            Object row = any(rows("policies_in_force"));
            db.update("""
                    insert into policies_in_force (scheme, package_hash, from_day, decided_by, decided_at)
                    select scheme, (select max(hash) from policy_packages), from_day, decided_by, decided_at from policies_in_force where id = ?""", row);
            return "policies_in_force inserted of row " + row;
        }
        Object row = any(rows("policy_packages"));
        db.update(
                "insert into policy_files (package_hash, path, content) select package_hash, 'more.yaml', content from policy_files where package_hash = ? order by path limit 1",
                row);
        return "policy_files inserted of row " + row;
    }

    private String exchangedSeal() {
        List<SealedColumn> several = rooms.stream()
                .flatMap(room -> room.columns().stream())
                .filter(column -> sealed(column).size() > 1)
                .toList();
        SealedColumn column = any(several);
        exchanged = column;
        List<Map<String, Object>> rows = sealed(column);
        Map<String, Object> one = rows.get(0), other = rows.get(1 + random.nextInt(rows.size() - 1));
        put(column, one, other.get(column.column()));
        put(column, other, one.get(column.column()));
        return column.table() + "." + column.column() + " exchanged of row "
                + one.get(column.key().get(0));
    }

    private List<Map<String, Object>> sealed(SealedColumn column) {
        return db.queryForList("select " + String.join(", ", column.key()) + ", " + column.column() + " from "
                + column.table() + " where " + column.column() + " is not null order by "
                + String.join(", ", column.key()));
    }

    private void put(SealedColumn column, Map<String, Object> row, Object value) {
        List<Object> params = new ArrayList<>(List.of(value));
        column.key().forEach(part -> params.add(row.get(part)));
        db.update(
                "update " + column.table() + " set " + column.column() + " = ? where "
                        + String.join(" = ? and ", column.key()) + " = ?",
                params.toArray());
    }

    /** The checks of the product one after the other, the signature last: it would sign what it finds to be well. A sealed value is seen when it is opened. */
    private String foundBy() {
        if (exchanged != null && sealed(exchanged).stream().anyMatch(row -> !opens(exchanged, row)))
            return "a sealed value does not open in its row";
        if (!payments.altered().isEmpty()) return "a payment does not fit its marks";
        return watch.look(true).check().found();
    }

    private boolean opens(SealedColumn column, Map<String, Object> row) {
        Sealed value = new Sealed((String) row.get(column.column()));
        return vault.look(column, value, column.key().stream().map(row::get).toArray())
                .isPresent();
    }

    private List<Object> rows(String table) {
        return db.queryForList(
                "select " + KEYS.get(table) + " from " + table + WHICH.getOrDefault(table, "") + " order by 1",
                Object.class);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
