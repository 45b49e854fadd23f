package cn.jincai.assessment.oracle;

import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Facts drawn near every limit of the rulebook: one less, the limit, one more; days around deadlines and the 31 days after provisional ones; ages on the
 * eve of a birthday; unknown ones. How many are unknown or bad differs from case to case, so that some are granted and some fail in one point only.
 */
final class RandomFacts {
    private static final List<String> EVIDENCE = List.of(
            "NOBEL_LEVEL_PRIZE",
            "ACADEMICIAN",
            "STATE_TOP_SCIENCE_PRIZE",
            "NATIONAL_TALENT_PROGRAMME",
            "CHINA_SKILLS_GRAND_PRIZE",
            "FUJIAN_A",
            "FUJIAN_B",
            "NATIONAL_TECHNICAL_EXPERT",
            "NATIONAL_MASTER_STUDIO_LEADER",
            "CHIEF_TECHNICIAN",
            "FUJIAN_C",
            "FULL_SENIOR_TITLE",
            "SPECIAL_TECHNICIAN",
            "PROVINCIAL_MASTER_STUDIO_LEADER",
            "DOCTORATE",
            "ASSOCIATE_SENIOR_TITLE",
            "PROVINCIAL_TECHNICAL_EXPERT",
            "SENIOR_TECHNICIAN");
    private static final String[] LEVELS = {"FIVE", "FOUR", "THREE", "TWO", "ONE", "SPECIAL", "CHIEF"};
    private static final String[] TURNING_DAYS = {
        "2016-12-31",
        "2017-01-01",
        "2018-12-31",
        "2019-01-01",
        "2024-02-05",
        "2024-02-06",
        "2026-02-28",
        "2026-12-31",
        "2027-01-01",
        "2028-02-29"
    };

    private final RandomGenerator random;
    private final double unknown, bad;
    private final Map<String, Object> facts = new HashMap<>();
    private LocalDate applied;

    private RandomFacts(RandomGenerator random) {
        this.random = random;
        this.unknown = one(0.0, 0.0, 0.05, 0.1, 0.3);
        this.bad = one(0.0, 0.1, 0.3, 0.9);
    }

    record Person(LocalDate applied, Map<String, Object> facts) {}

    static Person of(String scheme, RandomGenerator random) {
        RandomFacts person = new RandomFacts(random);
        person.applied = person.day();
        person.common();
        switch (scheme) {
            case "talent-recognition" -> person.recognition();
            case "recruitment-subsidy" -> person.subsidy();
            default -> person.award();
        }
        return new Person(person.applied, person.facts);
    }

    private LocalDate day() {
        if (random.nextInt(8) == 0)
            return LocalDate.parse(TURNING_DAYS[random.nextInt(TURNING_DAYS.length)])
                    .plusDays(random.nextInt(-1, 2));
        int year = random.nextInt(6) == 0 ? random.nextInt(2015, 2031) : random.nextInt(2024, 2028);
        return LocalDate.ofYearDay(year, random.nextInt(1, 366));
    }

    private void common() {
        put("identityVerified", true, false);
        put("banned", false, true);
        put(
                "employerType",
                one("PRIVATE_ENTERPRISE", "PRIVATE_ENTERPRISE", "PRIVATE_NON_ENTERPRISE", "SELF_EMPLOYED"),
                one("STATE_ENTERPRISE", "PUBLIC_INSTITUTION", "GOVERNMENT"));
        put("employerRegion", "JINJIANG", one("QUANZHOU", "OTHER"));
        put("inPost", true, false);
    }

    private void recognition() {
        put("contractMonths", number(36, 37, 60), number(0, 35));
        put("insuredMonthsConsecutive", number(6, 7, 100), number(0, 5));
        put("evidence", evidence(random.nextInt(1, 4)), evidence(0));
        long limit = one(40_000_000L, 60_000_000L, 100_000_000L, 150_000_000L);
        put("annualTaxablePay", limit + random.nextInt(0, 2), one(0L, limit - 1, 20_000_000L, 9_007_199_254_740_991L));
        put("taxedMonthsInJinjiang", number(6, 7, 12), number(0, 5));
        put("listedIndustry", true, false);
        put("recognisedLevel", null, (long) random.nextInt(1, 6));
        put("allowanceMonthsPaid", number(0, 1, 5, 6, 7, 29, 30, 35), number(36, 37, 90));
        put("birthDate", birth(applied, one(50, 55, 60, 65)), birth(applied, one(20, 70, 90)));
        if (random.nextInt(40) == 0) facts.put("birthDate", applied.plusDays(random.nextInt(0, 2)));
    }

    private void subsidy() {
        boolean second = random.nextBoolean();
        // the measures are young: most apply when they can already
        while (applied.isBefore(LocalDate.of(second ? 2026 : 2024, 3, 1)) && random.nextInt(10) > 0) applied = day();
        if (second || random.nextBoolean()) facts.put("instalment", second ? 2L : 1L);
        if (second) put("employerRegion", one("JINJIANG", "QUANZHOU"), one("QUANZHOU", "OTHER"));
        put("degree", one("DOCTOR", "MASTER"), "DOUBLE_FIRST_CLASS_BACHELOR");
        put("studyMode", "FULL_TIME", "PART_TIME");
        put("degreeVerified", true, false);
        LocalDate insured = before(second ? one(24, 36) : 12, second ? one(25, 30, 35) : one(1, 6, 11));
        if (random.nextInt(12) == 0) insured = LocalDate.of(2024, 2, random.nextInt(4, 8));
        if (random.nextInt(12) == 0) insured = applied.plusDays(random.nextInt(-1, 3));
        put("firstInsuredOn", insured, insured);
        put("birthDate", birth(insured, random.nextBoolean() ? 40 : random.nextInt(22, 39)), birth(insured, 41));
        if (random.nextInt(40) == 0) facts.put("birthDate", applied.plusDays(random.nextInt(-1, 2)));
        long half = "DOCTOR".equals(facts.get("degree")) ? 5_000_000 : 2_500_000;
        put("priorSubsidy", number(0, 0, 1_000_000, 1), one(half - 1, half, half + 1, 99_999_999L));
        if (random.nextInt(4) > 0)
            facts.put("instalmentsGranted", random.nextDouble() < bad ? granted() : second ? List.of(1L) : List.of());
        put("insuranceGapMonths", number(0, 1, 2), number(3, 4, 24));
        if (random.nextInt(3) == 0) facts.put("recognisedLevel", (long) random.nextInt(1, 6));
        if (random.nextInt(3) > 0)
            facts.put(
                    "recognitionAllowanceTotal",
                    one(0L, half, 2 * half - 1, 2 * half, random.nextBoolean() ? 2 * half + 1 : 2 * half));
    }

    private void award() {
        put("contractMonths", number(12, 13, 36), number(0, 11));
        put("insuredMonthsConsecutive", number(6, 7, 100), number(0, 5));
        put("certificateVerified", true, false);
        put("certificateLevel", one("THREE", "THREE", LEVELS[random.nextInt(7)]), LEVELS[random.nextInt(7)]);
        LocalDate issued = before(12, one(1, 6, 11));
        if (random.nextInt(12) == 0) issued = LocalDate.of(2017, 1, 1).plusDays(random.nextInt(-1, 2));
        if (random.nextInt(12) == 0) issued = applied.plusDays(random.nextInt(-1, 3));
        put("certificateIssuedOn", issued, issued);
        if (random.nextBoolean()) facts.put("occupationCode", "6-18-02-04");
        put("unemploymentInsuredMonths", number(12, 36, 37, 200), number(0, 11, 12, 35));
        put("levelsPaidForOccupation", List.of(), paid());
        put("claimsThisYear", number(0, 1, 2), number(3, 4));
        put("allowanceForSameCertificate", false, true);
        long left = one(0L, 50_000L, 100_000L, 200_000L, 250_000L, 300_000L, 1_000_000L);
        put(
                "awardPaidThisYear",
                one(0L, 2_000_000 - left + random.nextInt(-1, 2)),
                one(2_000_000L, 1_999_999L, 1_800_000L, 9_007_199_254_740_991L));
    }

    /** So long ago that a period of these months ends within days of the application, in its 31 open days, or comfortably later. */
    private LocalDate before(int months, int comfortable) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> applied.minusMonths(comfortable);
            case 4 -> applied.minusMonths(months).minusDays(random.nextInt(28, 35));
            case 5 -> applied.minusMonths(months).plusDays(random.nextInt(-12, 3));
            case 6 -> applied.minusMonths(months).plusDays(random.nextInt(-2, 3));
            default -> applied.minusDays(random.nextInt(0, 1500));
        };
    }

    /** An age reached on the day, on the eve, a day ago; now and then one born on 29 February. */
    private LocalDate birth(LocalDate on, int limit) {
        LocalDate birth = on.minusYears(limit + random.nextInt(0, 2)).plusDays(random.nextInt(-1, 2));
        if (random.nextInt(6) > 0) return birth;
        int leap = birth.getYear() / 4 * 4;
        LocalDate born = LocalDate.of(Year.isLeap(leap) ? leap : leap - 4, 2, 29);
        // and the application (scheme A) on 27 or 28 February or 1 March, where the age turns
        if (on.equals(applied) && random.nextBoolean())
            applied = LocalDate.of(on.getYear(), 3, 1).minusDays(random.nextInt(0, 3));
        return born;
    }

    private List<String> evidence(int count) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // the last ones meet in rows of two or three conditions
            String code = EVIDENCE.get(
                    random.nextBoolean() ? random.nextInt(EVIDENCE.size()) : random.nextInt(14, EVIDENCE.size()));
            if (!codes.contains(code)) codes.add(code);
        }
        return codes;
    }

    private List<Long> granted() {
        return one(List.of(), List.of(1L), List.of(2L), List.of(1L, 2L));
    }

    private List<String> paid() {
        List<String> paid = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            String entry = one("UPGRADE:", "AWARD:") + LEVELS[random.nextInt(7)];
            if (!paid.contains(entry)) paid.add(entry);
        }
        return paid;
    }

    private void put(String fact, Object good, Object otherwise) {
        Object value = random.nextDouble() < unknown ? null : random.nextDouble() < bad ? otherwise : good;
        if (value == null) facts.remove(fact);
        else facts.put(fact, value);
    }

    private long number(long... values) {
        return values[random.nextInt(values.length)];
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
