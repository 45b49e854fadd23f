package cn.jincai.review.notice;

import cn.jincai.kernel.Spelling;
import cn.jincai.vault.Vault;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Codes by which objectors ask after their objections. Only their fingerprints are kept. */
@Component
class ObjectionCodes {
    /** None that is read for another one; ten of them are told apart 2^49 ways. */
    private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static final int LENGTH = 10;

    private final Vault vault;
    private final SecureRandom random = new SecureRandom();

    ObjectionCodes(Vault vault) {
        this.vault = vault;
    }

    String make() {
        return random.ints(LENGTH, 0, SIGNS.length())
                .mapToObj(i -> String.valueOf(SIGNS.charAt(i)))
                .collect(Collectors.joining());
    }

    /** @param code as it was made, or as somebody typed it */
    String print(String code) {
        return vault.fingerprint("objection-code", Spelling.ofCode(code));
    }
}
