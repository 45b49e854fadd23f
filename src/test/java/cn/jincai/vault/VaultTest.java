package cn.jincai.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.kernel.Problem;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final SealedColumn PHONE = SealedColumn.of("person.phone", "persons", "sealed_phone", "person_key"),
            NAME = SealedColumn.of("person.name", "persons", "sealed_name", "person_key");

    private final Vault vault = new Vault(key(1));

    @Test
    void whatIsSealedOpensAgainInItsPlaceAndLooksDifferentEachTime() {
        assertThat(vault.open(NAME, vault.seal(NAME, "张𠮷芳", "p1"), "p1")).isEqualTo("张𠮷芳");
        assertThat(vault.seal(NAME, "张𠮷芳", "p1")).isNotEqualTo(vault.seal(NAME, "张𠮷芳", "p1"));
        assertThat(vault.seal(NAME, "张𠮷芳", "p1").text()).doesNotContain("芳");
        assertThat(vault.open(NAME, vault.seal(NAME, null, "p1"), "p1")).isNull();
    }

    @Test
    void inAnotherRowOrAsSomethingElseItDoesNotOpen() {
        Sealed sealed = vault.seal(PHONE, "13800138000", "p1");
        refused(() -> vault.open(PHONE, sealed, "p2"));
        refused(() -> vault.open(NAME, sealed, "p1"));
        SealedColumn renamed = SealedColumn.of(PHONE.label(), "people", "phone", "key");
        assertThat(vault.open(renamed, sealed, "p1"))
                .as("tables and columns may be called otherwise")
                .isEqualTo("13800138000");
    }

    @Test
    void aChangedValueOrAnUnknownKeyDoesNotOpen() {
        Sealed sealed = vault.seal(PHONE, "13800138000", "p1");
        int start = sealed.text().lastIndexOf('.') + 1;
        byte[] bytes = Base64.getDecoder().decode(sealed.text().substring(start));
        bytes[20] ^= 1;
        refused(() -> vault.open(
                PHONE,
                new Sealed(
                        sealed.text().substring(0, start) + Base64.getEncoder().encodeToString(bytes)),
                "p1"));
        refused(() -> new Vault(key(2)).open(PHONE, sealed, "p1"));
        for (String text : List.of("v2.", "v2.x.y", "v2." + key(1).id() + "."))
            refused(() -> vault.open(PHONE, new Sealed(text), "p1"));
        for (String text : List.of("13800138000", "v1.13800138000"))
            assertThatThrownBy(() -> new Sealed(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("138");
    }

    private static void refused(ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("VALUE_EXCHANGED"));
    }

    @Test
    void aFormerKeyOpensAndTheNewOneSeals() {
        Sealed before = vault.seal(NAME, "张三", "p1");
        Vault both = new Vault(List.of(key(2), key(1)), key(1).marking());
        assertThat(both.open(NAME, before, "p1")).isEqualTo("张三");
        Sealed now = both.seal(NAME, "张三", "p1");
        assertThat(new Vault(key(2)).open(NAME, now, "p1")).isEqualTo("张三");
        refused(() -> vault.open(NAME, now, "p1"));
        assertThat(both.fingerprint("phone", "13800138000")).isEqualTo(vault.fingerprint("phone", "13800138000"));
    }

    @Test
    void fingerprintsFindEqualValuesOfOneKindUnderOneKey() {
        assertThat(vault.fingerprint("phone", "13800138000"))
                .hasSize(64)
                .isEqualTo(new Vault(key(1)).fingerprint("phone", "13800138000"))
                .isNotEqualTo(vault.fingerprint("document", "13800138000"))
                .isNotEqualTo(new Vault(key(2)).fingerprint("phone", "13800138000"));
    }

    private static MasterKey key(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        return new MasterKey(key);
    }
}
