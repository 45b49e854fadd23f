package cn.jincai.applicant;

/** Where the money goes. */
public record BankAccount(String holder, String bankName, String number) {
    @Override
    public String toString() {
        return "BankAccount[" + Persons.maskNumber(number) + "]";
    }
}
