package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** 公民身份号码 by GB 11643: six digits of the region, birth date, three digits of order, one check character. The residence permit for 港澳台 bears one too (rulebook 2.9). */
public final class ResidentId {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final String PROVINCE =
            "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"; // GB/T 2260, retired regions included

    private ResidentId() {}

    /** The 18 characters of a number: those of before 1999 had 15, without century and check character. Anything else stays as it is written. */
    public static String whole(String number) {
        String n = Spelling.ofCode(number);
        if (!n.matches(PROVINCE + "\\d{13}")) return n;
        String seventeen = n.substring(0, 6) + "19" + n.substring(6), whole = seventeen + checkCharacter(seventeen);
        return birthDate(whole).isPresent() ? whole : n;
    }

    /** Whether it is a number of the population register, which gives each citizen one: two of them are two people. Those of residence permits and of foreigners are none. */
    static boolean isCitizens(String number) {
        return number.matches(PROVINCE + ".*")
                && !number.startsWith("8")
                && birthDate(number).isPresent()
                && checkCharacter(number) == number.charAt(17);
    }

    /** The mistake in the number, or empty; it never repeats the number. {@code today} is the day after which nobody is born yet. */
    public static Optional<Mistake> check(String field, String type, String number, LocalDate today) {
        Text document = Registration.documentName(type);
        String n = number == null ? "" : Spelling.ofCode(number);
        if (!n.matches("\\d{17}[\\dX]")) return Optional.of(Mistake.of(field, "applicant.RESIDENT_ID_FORM", document));
        if (!n.matches(PROVINCE + ".*"))
            return Optional.of(Mistake.of(field, "applicant.RESIDENT_ID_REGION", document));
        if (checkCharacter(n) != n.charAt(17))
            return Optional.of(Mistake.of(field, "applicant.RESIDENT_ID_CHECK", document));
        Optional<LocalDate> born = birthDate(n);
        if (born.isEmpty()) return Optional.of(Mistake.of(field, "applicant.RESIDENT_ID_DATE", document));
        if (born.get().isAfter(today)) return Optional.of(Mistake.of(field, "applicant.RESIDENT_ID_FUTURE", document));
        return Optional.empty();
    }

    /** Digits 7 to 14 as a date; empty where there is no such day or no such number. */
    public static Optional<LocalDate> birthDate(String number) {
        String n = number == null ? "" : Spelling.ofCode(number);
        if (!n.matches("\\d{17}[\\dX]")) return Optional.empty();
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(n.substring(6, 10)),
                    Integer.parseInt(n.substring(10, 12)),
                    Integer.parseInt(n.substring(12, 14))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** The check character that belongs to the first 17 digits. */
    public static char checkCharacter(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) sum += (number.charAt(i) - '0') * WEIGHTS[i];
        return CHECKS.charAt(sum % 11);
    }
}
