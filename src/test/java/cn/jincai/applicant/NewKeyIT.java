package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of a release that bound nothing to its row and left some words in the clear, and the years after it. */
class NewKeyIT {
    private static final int FACTS = 250;
    private static final SealedColumn
            FACT = SealedColumn.of("fact.value", "case_facts", "fact_value", "number", "name", "row_key"),
            NOTE = SealedColumn.of("fact.note", "case_facts", "sealed_note", "number", "name", "row_key"),
            ASKED = SealedColumn.of("case.asked", "cases", "sealed_asked", "number"),
            OPINION = SealedColumn.of("payment.opinion", "payment_step", "sealed_opinion", "payment_id", "row_key");
    private static final SealedColumns ROOM = () -> List.of(KeysInUse.FINGERPRINTS, FACT, NOTE, ASKED, OPINION);
    private static final MasterKey OLD = key(1), NEW = key(2), ANOTHER = key(3);

    private final DataSource database = TestDatabase.fresh(
            "new_key_" + UUID.randomUUID().toString().replace("-", "").substring(0, 8));
    private final JdbcClient jdbc = JdbcClient.create(database);

    @Test
    void wordsInTheClearAreSealedAndEverythingGoesOverToANewKeyStepByStep() {
        asTheReleaseBeforeLeftIt();
        assertThatThrownBy(() -> migrate(ANOTHER, "74")).hasRootCauseInstanceOf(KeyMissing.class);
        migrate(OLD, "74");
        assertThatThrownBy(() -> start(ANOTHER)).isInstanceOf(KeyMissing.class);

        Vault before = start(OLD);
        assertThat(opened(before, NOTE)).containsOnly("见张三来电13800138000");
        assertThat(opened(before, ASKED)).containsExactly("[{\"item\":\"phone\"}]");
        assertThat(opened(before, OPINION)).containsExactly("张三的账户");
        assertThat(opened(before, FACT)).hasSize(FACTS).containsOnly("\"张三\"");
        assertThatThrownBy(() -> start(NEW)).as("the former one is needed").isInstanceOf(KeyMissing.class);

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
        assertThat(new Keys(List.of(NEW, OLD)).alone().look(FACT, oldForm(), "any", "any", "any"))
                .isPresent();
        assertThat(after.look(FACT, oldForm(), "any", "any", "any"))
                .as("bound to nothing: not any more")
                .isEmpty();
    }

    @Test
    void aValueThatWasExchangedIsSaidAndLeftAndTheFormerKeyStaysNeeded() {
        asTheReleaseBeforeLeftIt();
        migrate(OLD, "74");
        reseal(start(OLD), line -> {});
        jdbc.sql("update case_facts set sealed_note = (select sealed_note from case_facts where id = 1) where id = 2")
                .update();
        List<String> told = new ArrayList<>();
        Reseal.Result result = reseal(start(NEW, OLD), told::add);
        assertThat(result.refused()).isEqualTo(1);
        assertThat(told).contains("not opened, left as it is: fact.note of [JC2026000001, fact2, row 2]");
        assertThatThrownBy(() -> start(NEW)).isInstanceOf(KeyMissing.class);
    }

    private void asTheReleaseBeforeLeftIt() {
        migrate(OLD, "71");
        jdbc.sql("insert into vault_seal (id, sealed) values (1, ?)")
                .param(oldForm())
                .update();
        jdbc.sql("""
            insert into cases (number, scheme, package_hash, stage, applicant, answers, asked, created_at)
            values ('JC2026000001', 's', 'h', 'supplement', 'a', ?, '[{"item":"phone"}]', current_timestamp)""").param(oldForm()).update();
        for (int i = 1; i <= FACTS; i++)
            jdbc.sql("""
                insert into case_facts (number, name, fact_value, source, as_of, recorded_at, note)
                values ('JC2026000001', ?, ?, 'officer', current_date, current_timestamp, '见张三来电13800138000')""").params("fact" + i, oldForm()).update();
        jdbc.sql("""
            insert into payment (case_number, scheme, package_hash, applicant, person_key, benefit, fund, amount_fen, pay_key, status, give_up_asked, account_asked, ordered_at)
            values ('JC2026000001', 's', 'h', 'a', 'p', 'b', 'f', 1, 'k', 'due', false, false, current_timestamp)""").update();
        jdbc.sql(
                        "insert into payment_step (payment_id, at, kind, zh, en, by_account, opinion) values (1, current_timestamp, 'hold', '', '', 'finance', '张三的账户')")
                .update();
    }

    /** As that release sealed it. */
    private static Sealed oldForm() {
        return new Sealed("v1.s1BwlakoXf+HyXnXuv9sdKGQOWHcpw1uuZ5+sgNtLoHnXR6N");
    }

    private void migrate(MasterKey key, String to) {
        Flyway.configure()
                .dataSource(database)
                .callbacks(new RightKeyFirst(new Keys(List.of(key))))
                .javaMigrations(new SealWhatStoodInTheClear(new Keys(List.of(key))))
                .target(to)
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
        return jdbc.sql(
                        "select count(*) from case_facts where fact_value like 'v1.%' or fact_value like ? or sealed_note like ?")
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
