package cn.jincai.demo;

import cn.jincai.applicant.ResidentId;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Somebody who does not exist, with a resident identity number by GB 11643 and a card number by Luhn. */
record FictitiousPerson(
        String name,
        String documentNumber,
        LocalDate birthDate,
        String phone,
        String email,
        String bankName,
        String bankAccount) {

    /** What fresh people are made of; see {@code resources/demo/people.yaml}. */
    record Stock(
            List<String> surnames,
            List<String> givenNames,
            List<String> rareNames,
            List<String> regions,
            List<String> banks,
            List<Known> known) {
        static Stock load() {
            return DemoFile.read("people.yaml", new TypeReference<>() {});
        }
    }

    /** Somebody who is always the same, also with other documents than an identity card. */
    record Known(
            String name, String documentType, String documentNumber, String birthDate, String scheme, String kind) {}

    static FictitiousPerson born(LocalDate from, LocalDate to, Stock stock, RandomGenerator random) {
        LocalDate born = from.plusDays(random.nextLong(ChronoUnit.DAYS.between(from, to) + 1));
        String number = pick(stock.regions, random) + born.format(DateTimeFormatter.BASIC_ISO_DATE) + digits(3, random);
        String phone = "1" + (3 + random.nextInt(7)) + digits(9, random);
        return new FictitiousPerson(
                name(stock, random),
                number + ResidentId.checkCharacter(number),
                born,
                phone,
                "p" + phone.substring(3) + "@example.com",
                pick(stock.banks, random),
                withLuhn("62" + digits(16, random)));
    }

    Map<String, String> placeholders() {
        return Map.of(
                "name",
                name,
                "documentNumber",
                documentNumber,
                "birthDate",
                birthDate.toString(),
                "phone",
                phone,
                "email",
                email,
                "bankName",
                bankName,
                "bankAccount",
                bankAccount);
    }

    /** One in six has a character that not every system keeps. */
    private static String name(Stock stock, RandomGenerator random) {
        return pick(stock.surnames, random) + pick(random.nextInt(6) == 0 ? stock.rareNames : stock.givenNames, random);
    }

    private static String withLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return digits + (10 - sum % 10) % 10;
    }

    private static String digits(int count, RandomGenerator random) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) digits.append(random.nextInt(10));
        return digits.toString();
    }

    private static String pick(List<String> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public String toString() {
        return "FictitiousPerson";
    }
}
