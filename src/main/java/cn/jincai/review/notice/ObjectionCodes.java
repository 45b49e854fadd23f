package cn.jincai.review.notice;

import cn.jincai.kernel.LotCode;
import cn.jincai.vault.Vault;
import org.springframework.stereotype.Component;

/** Codes by which objectors ask after their objections, of 50 bits. Only their fingerprints are kept. */
@Component
class ObjectionCodes {
    private static final int LENGTH = 10;

    private final Vault vault;

    ObjectionCodes(Vault vault) {
        this.vault = vault;
    }

    String make() {
        return LotCode.next(LENGTH);
    }

    /** @param code as it was made, or as somebody typed it; those made before 0 and 1 were among the signs are read the same */
    String print(String code) {
        return vault.fingerprint("objection-code", LotCode.read(code));
    }
}
