package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class VaultTest {
    private final Vault vault = new Vault(key(1));

    @Test
    void whatIsSealedOpensAgainAndLooksDifferentEachTime() {
        assertThat(vault.open(vault.seal("张𠮷芳"))).isEqualTo("张𠮷芳");
        assertThat(vault.seal("张𠮷芳")).isNotEqualTo(vault.seal("张𠮷芳")).doesNotContain("芳");
        assertThat(vault.open(vault.seal(null))).isNull();
    }

    @Test
    void aChangedValueOrAnotherKeyDoesNotOpen() {
        String sealed = vault.seal("6222021402000000000");
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(3));
        bytes[20] ^= 1;
        assertThatThrownBy(() -> vault.open("v1." + Base64.getEncoder().encodeToString(bytes)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Vault(key(2)).open(sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("6222");
    }

    @Test
    void fingerprintsFindEqualValuesOfOneKindUnderOneKey() {
        assertThat(vault.fingerprint("phone", "13800138000"))
                .hasSize(64)
                .isEqualTo(new Vault(key(1)).fingerprint("phone", "13800138000"))
                .isNotEqualTo(vault.fingerprint("document", "13800138000"))
                .isNotEqualTo(new Vault(key(2)).fingerprint("phone", "13800138000"));
    }

    private static byte[] key(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        return key;
    }
}
