package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import java.util.Optional;

/** Where the money goes. */
public record BankAccount(String holder, String bankName, String number) {
    /** The mistake in the number, or empty; it never repeats the number. */
    public static Optional<Mistake> check(String field, String number) {
        return Spelling.ofCode(number).matches("\\d{8,32}")
                ? Optional.empty()
                : Optional.of(Mistake.of(field, "applicant.ACCOUNT_NUMBER"));
    }

    /** Whether nothing that a bank goes by has changed: neither the number nor how holder and bank are written. */
    boolean isAs(BankAccount other) {
        return Spelling.ofCode(number).equals(Spelling.ofCode(other.number))
                && Spelling.ofWord(holder).equals(Spelling.ofWord(other.holder))
                && Spelling.ofWord(bankName).equals(Spelling.ofWord(other.bankName));
    }

    @Override
    public String toString() {
        return "BankAccount[" + Persons.maskNumber(number) + "]";
    }
}
