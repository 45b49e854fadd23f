package cn.jincai.applicant;

import cn.jincai.kernel.Text;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which keys a database is sealed with: all of them have to be given, or nothing starts. It keeps the key for fingerprints too, sealed, since that one stays when they change. */
class KeysInUse {
    private static final Logger LOG = LoggerFactory.getLogger(KeysInUse.class);
    static final SealedColumn FINGERPRINTS = SealedColumn.of("vault.fingerprints", "vault_seal", "sealed", "id");
    static final int ROW = 1;

    private final JdbcClient jdbc;
    private final Keys keys;

    KeysInUse(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    Vault vault() {
        Sealed kept = kept().orElseGet(this::begin);
        if (kept.text().startsWith(Sealed.OLD_FORM)) kept = overFromTheOldForm(kept);
        List<String> given = keys.all().stream().map(MasterKey::id).toList();
        List<String> notGiven = ids().stream().filter(id -> !given.contains(id)).toList();
        if (!notGiven.isEmpty()) throw otherKey(String.join(", ", notGiven));
        enter(keys.inUse(), false);
        String marking = keys.alone()
                .look(FINGERPRINTS, kept, ROW)
                .orElseThrow(() -> otherKey(Text.of("applicant.key.ofFingerprints")));
        boolean oldForm = jdbc.sql("select count(*) > 0 from vault_keys where old_form")
                .query(Boolean.class)
                .single();
        if (oldForm)
            LOG.warn("Values that are bound to no row are still opened. `reseal` binds them; then they are refused.");
        return new Vault(keys.all(), HexFormat.of().parseHex(marking), oldForm);
    }

    private Optional<Sealed> kept() {
        return jdbc.sql("select sealed from vault_seal where id = ?")
                .param(ROW)
                .query((row, n) -> Sealed.always(row, "sealed"))
                .optional();
    }

    /** A new database: its first key makes its fingerprints for good. */
    private Sealed begin() {
        Sealed sealed = sealed(keys.inUse());
        try {
            jdbc.sql("insert into vault_seal (id, sealed) values (?, ?)")
                    .params(ROW, sealed)
                    .update();
            return sealed;
        } catch (DuplicateKeyException another) {
            return kept().orElseThrow(); // another node started in the same second
        }
    }

    /** What stood there was a known word, sealed with the key that made the fingerprints so far. */
    private Sealed overFromTheOldForm(Sealed word) {
        MasterKey key = keys.all().stream()
                .filter(k -> new Vault(List.of(k), k.marking(), true)
                        .look(FINGERPRINTS, word, ROW)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> otherKey(Text.of("applicant.key.ofBefore")));
        enter(key, true);
        jdbc.sql("update vault_seal set sealed = ? where id = ? and sealed = ?")
                .params(sealed(key), ROW, word)
                .update();
        return kept().orElseThrow();
    }

    private Sealed sealed(MasterKey fingerprints) {
        return keys.alone().seal(FINGERPRINTS, HexFormat.of().formatHex(fingerprints.marking()), ROW);
    }

    private void enter(MasterKey key, boolean oldForm) {
        if (ids().contains(key.id())) return;
        try {
            jdbc.sql("insert into vault_keys (key_id, old_form) values (?, ?)")
                    .params(key.id(), oldForm)
                    .update();
        } catch (DuplicateKeyException another) {
            // another node entered it
        }
    }

    private List<String> ids() {
        return jdbc.sql("select key_id from vault_keys order by key_id")
                .query(String.class)
                .list();
    }

    static KeyMissing otherKey(Object which) {
        return new KeyMissing("another", which);
    }
}
