package cn.jincai.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.TestDatabase;
import cn.jincai.kernel.KeyMissing;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database in the years after its first key. */
class NewKeyIT {
    private static final int FACTS = 250;
    private static final SealedColumn
            FACT = SealedColumn.of("fact.value", "case_facts", "sealed_value", "case_number", "name", "row_key"),
            NOTE = SealedColumn.of("fact.note", "case_facts", "sealed_note", "case_number", "name", "row_key");
    private static final SealedColumns ROOM = () -> List.of(KeysInUse.FINGERPRINTS, FACT, NOTE);
    private static final MasterKey OLD = key(1), NEW = key(2), ANOTHER = key(3);
    private static final String NUMBER = "JC2026000001";

    private final DataSource database = TestDatabase.fresh(
            "new_key_" + UUID.randomUUID().toString().replace("-", "").substring(0, 8));
    private final JdbcClient jdbc = JdbcClient.create(database);

    @BeforeEach
    void aCaseUnderItsFirstKey() {
        upgraded(OLD);
        Vault vault = start(OLD);
        jdbc.sql(
                        "insert into policy_packages (hash, scheme, origin, frozen_by, frozen_at, calendar_version) values ('h', 's', 'upload', 'a', current_timestamp, '')")
                .update();
        jdbc.sql("""
            insert into cases (case_number, scheme, package_hash, stage, applicant, sealed_answers, created_at)
            values (?, 's', 'h', 'supplement', 'a', ?, current_timestamp)""")
                .params(
                        NUMBER,
                        vault.seal(
                                SealedColumn.of("case.answers", "cases", "sealed_answers", "case_number"),
                                "{}",
                                NUMBER))
                .update();
        for (int i = 1; i <= FACTS; i++) {
            Object[] key = {NUMBER, "fact" + i, "row " + i};
            jdbc.sql("""
                insert into case_facts (case_number, name, row_key, sealed_value, source, as_of, recorded_at, sealed_note)
                values (?, ?, ?, ?, 'officer', current_date, current_timestamp, ?)""")
                    .params(key)
                    .params(vault.seal(FACT, "\"张三\"", key), vault.seal(NOTE, "见张三来电13800138000", key))
                    .update();
        }
    }

    @Test
    void everythingGoesOverToANewKeyStepByStep() {
        assertThatThrownBy(() -> upgraded(ANOTHER)).hasRootCauseInstanceOf(KeyMissing.class);
        upgraded(OLD);
        assertThatThrownBy(() -> start(ANOTHER)).isInstanceOf(KeyMissing.class);
        assertThatThrownBy(() -> start(NEW)).as("the former one is needed").isInstanceOf(KeyMissing.class);
        assertThat(opened(start(OLD), FACT))
                .as("another key that was tried has left nothing behind")
                .hasSize(FACTS)
                .containsOnly("\"张三\"");

        assertThatThrownBy(() -> reseal(start(NEW, OLD), line -> {
                    if (line.startsWith("fact.value: 200 "))
                        throw new IllegalStateException("somebody pulled the plug");
                }))
                .hasMessageContaining("plug");
        assertThat(sealedWith(OLD)).as("left when it was interrupted").isGreaterThan(50);
        assertThatThrownBy(() -> start(NEW)).isInstanceOf(KeyMissing.class);

        List<String> told = new ArrayList<>();
        assertThat(reseal(start(NEW, OLD), told::add).isClean()).isTrue();
        assertThat(told).contains("fact.value: 50 / 50", "fact.note: 200 / " + FACTS, "fact.note: 250 / " + FACTS);
        assertThat(sealedWith(OLD)).isZero();
        assertThatThrownBy(() -> start(OLD)).as("it has had its day").isInstanceOf(KeyMissing.class);
        Vault after = start(NEW);
        assertThat(opened(after, FACT)).hasSize(FACTS).containsOnly("\"张三\"");
        assertThat(opened(after, NOTE)).containsOnly("见张三来电13800138000");
        assertThat(after.fingerprint("phone", "13800138000"))
                .as("found as before")
                .isEqualTo(new Vault(OLD).fingerprint("phone", "13800138000"));
    }

    @Test
    void aValueThatWasExchangedIsSaidAndLeftAndTheFormerKeyStaysNeeded() {
        jdbc.sql(
                        "update case_facts set sealed_note = (select sealed_note from case_facts where row_key = 'row 1') where row_key = 'row 2'")
                .update();
        List<String> told = new ArrayList<>();
        Reseal.Result result = reseal(start(NEW, OLD), told::add);
        assertThat(result.refused()).isEqualTo(1);
        assertThat(told).contains("not opened, left as it is: fact.note of [JC2026000001, fact2, row 2]");
        assertThatThrownBy(() -> start(NEW)).isInstanceOf(KeyMissing.class);
    }

    private void upgraded(MasterKey key) {
        Flyway.configure()
                .dataSource(database)
                .callbacks(new RightKeyFirst(new Keys(List.of(key))))
                .load()
                .migrate();
    }

    private Vault start(MasterKey... keys) {
        return new KeysInUse(jdbc, new Keys(List.of(keys))).vault();
    }

    private Reseal.Result reseal(Vault vault, Consumer<String> told) {
        return new Reseal(
                        jdbc, vault, List.of(ROOM), new TransactionTemplate(new DataSourceTransactionManager(database)))
                .all(told);
    }

    private List<String> opened(Vault vault, SealedColumn column) {
        return jdbc.sql("select * from " + column.table())
                .query((row, n) -> {
                    List<Object> key = new ArrayList<>();
                    for (String part : column.key()) key.add(row.getObject(part));
                    return vault.open(column, Sealed.in(row, column.column()), key.toArray());
                })
                .list();
    }

    private long sealedWith(MasterKey key) {
        return jdbc.sql("select count(*) from case_facts where sealed_value like ? or sealed_note like ?")
                .params(Sealed.FORM + key.id() + "%", Sealed.FORM + key.id() + "%")
                .query(Long.class)
                .single();
    }

    private static MasterKey key(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        return new MasterKey(key);
    }
}
