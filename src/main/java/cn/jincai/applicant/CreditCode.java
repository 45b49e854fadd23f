package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import java.util.Optional;

/** 统一社会信用代码 by GB 32100: 18 characters of an alphabet without I, O, S, V and Z, the last one a check character. */
public final class CreditCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private CreditCode() {}

    /** The mistake in the code, or empty. */
    public static Optional<Mistake> check(String field, String code) {
        String c = code == null ? "" : Spelling.ofCode(code);
        if (c.length() != 18 || c.chars().anyMatch(x -> ALPHABET.indexOf(x) < 0))
            return Optional.of(Mistake.of(field, "applicant.CREDIT_CODE_FORM"));
        if (checkCharacter(c) != c.charAt(17)) return Optional.of(Mistake.of(field, "applicant.CREDIT_CODE_CHECK"));
        return Optional.empty();
    }

    /** The check character that belongs to the first 17 characters: (31 - sum of value x 3^(i-1) mod 31) mod 31. */
    public static char checkCharacter(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }
}
