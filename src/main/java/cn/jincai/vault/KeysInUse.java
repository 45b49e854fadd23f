package cn.jincai.vault;

import cn.jincai.kernel.KeyMissing;
import cn.jincai.kernel.Text;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which keys a database is sealed with: all of them have to be given, or nothing starts. It keeps the key for fingerprints too, sealed, since that one stays when they change. */
public class KeysInUse {
    public static final SealedColumn FINGERPRINTS =
            SealedColumn.of("vault.fingerprints", "vault_seal", "sealed_key", "id");
    static final int ROW = 1;

    private final JdbcClient jdbc;
    private final Keys keys;

    public KeysInUse(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    public Vault vault() {
        Sealed kept = kept().orElseGet(this::begin);
        List<String> given = keys.all().stream().map(MasterKey::id).toList();
        List<String> notGiven = ids().stream().filter(id -> !given.contains(id)).toList();
        if (!notGiven.isEmpty()) throw otherKey(String.join(", ", notGiven));
        String marking = keys.alone()
                .look(FINGERPRINTS, kept, ROW)
                .orElseThrow(() -> otherKey(Text.of("applicant.key.ofFingerprints")));
        enter(keys.inUse());
        return new Vault(keys.all(), HexFormat.of().parseHex(marking));
    }

    private Optional<Sealed> kept() {
        return jdbc.sql("select sealed_key from vault_seal where id = ?")
                .param(ROW)
                .query((row, n) -> Sealed.always(row, "sealed_key"))
                .optional();
    }

    /** A new database: its first key makes its fingerprints for good. */
    private Sealed begin() {
        Sealed sealed = sealed(keys.inUse());
        try {
            jdbc.sql("insert into vault_seal (id, sealed_key) values (?, ?)")
                    .params(ROW, sealed)
                    .update();
            return sealed;
        } catch (DuplicateKeyException another) {
            return kept().orElseThrow(); // another node started in the same second
        }
    }

    private Sealed sealed(MasterKey fingerprints) {
        return keys.alone().seal(FINGERPRINTS, HexFormat.of().formatHex(fingerprints.marking()), ROW);
    }

    private void enter(MasterKey key) {
        if (ids().contains(key.id())) return;
        try {
            jdbc.sql("insert into vault_keys (key_id) values (?)")
                    .param(key.id())
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
        return new KeyMissing("applicant.key.another", which);
    }
}
