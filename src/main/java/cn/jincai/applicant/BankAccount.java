package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import java.text.Normalizer;
import java.util.Optional;

/** Where the money goes. */
public record BankAccount(String holder, String bankName, String number) {
    /** The number as it is kept and sent to the bank: digits, without the blanks and dashes that people read it by. */
    public static String written(String number) {
        return Normalizer.normalize(number, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}\\p{Cf}\\p{Pd}]", "");
    }

    /** The mistake in the number, or empty; it never repeats the number. */
    public static Optional<Mistake> check(String field, String number) {
        return written(number).matches("\\d{8,32}")
                ? Optional.empty()
                : Optional.of(Mistake.of(field, "applicant.ACCOUNT_NUMBER"));
    }

    /** Whether nothing that a bank goes by has changed: neither the number nor how holder and bank are written. */
    boolean isAs(BankAccount other) {
        return written(number).equals(written(other.number))
                && text(holder).equals(text(other.holder))
                && text(bankName).equals(text(other.bankName));
    }

    private static String text(String words) {
        return Normalizer.normalize(words, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}]", "");
    }

    @Override
    public String toString() {
        return "BankAccount[" + Persons.maskNumber(number) + "]";
    }
}
