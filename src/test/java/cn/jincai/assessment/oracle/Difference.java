package cn.jincai.assessment.oracle;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Where the product's rules and those written by hand do not say the same, told in words. */
final class Difference {
    private Difference() {}

    /** Empty where they agree on everything that both say. */
    static List<String> between(HandAnswer hand, Assessment rules) {
        List<String> differences = new ArrayList<>();
        note(differences, "governingDate", hand.governingDate(), rules.governingDate());
        note(differences, "verdict", hand.verdict(), rules.verdict());
        note(
                differences,
                "benefits",
                hand.benefits().stream().map(HandAnswer.Benefit::code).toList(),
                rules.benefits().stream().map(Benefit::code).toList());
        if (!differences.isEmpty() && hand.benefits().size() != rules.benefits().size()) return differences;
        for (int i = 0; i < hand.benefits().size(); i++)
            benefit(differences, hand.benefits().get(i), rules.benefits().get(i));
        return differences;
    }

    private static void benefit(List<String> differences, HandAnswer.Benefit hand, Benefit rules) {
        String of = hand.code() + " ";
        note(differences, of + "verdict", hand.verdict(), rules.verdict());
        note(differences, of + "fund", hand.fund(), rules.fund());
        note(differences, of + "amountFen", hand.amountFen(), rules.amountFen());
        note(differences, of + "level", hand.level(), rules.level());
        note(differences, of + "monthlyFen", hand.monthlyFen(), rules.monthlyFen());
        note(differences, of + "months", hand.months(), rules.months());
        note(
                differences,
                of + "instalments",
                hand.instalments().stream().map(HandAnswer.Instalment::toString).toList(),
                rules.instalments().stream()
                        .map(cn.jincai.assessment.Instalment::toString)
                        .toList());
        note(
                differences,
                of + "reasons",
                hand.reasons().stream()
                        .map(r -> r.code() + " " + r.effect() + " " + r.fact())
                        .sorted()
                        .toList(),
                rules.reasons().stream()
                        .map(r -> r.code() + " " + r.effect() + " " + r.fact())
                        .sorted()
                        .toList());
    }

    private static void note(List<String> differences, String what, Object hand, Object rules) {
        if (!Objects.equals(hand, rules)) differences.add(what + ": by hand " + hand + ", by the rules " + rules);
    }

    /** The fewest facts that still differ: each is left out, or made one that is good, as long as the difference stays. */
    static Map<String, Object> smallest(
            Map<String, Object> facts, Map<String, Object> good, Predicate<Map<String, Object>> differs) {
        Map<String, Object> smallest = new HashMap<>(facts);
        for (boolean smaller = true; smaller; ) {
            smaller = false;
            for (String fact : List.copyOf(smallest.keySet())) {
                if (Objects.equals(smallest.get(fact), good.get(fact))) continue;
                Map<String, Object> tried = new HashMap<>(smallest);
                if (good.containsKey(fact)) tried.put(fact, good.get(fact));
                else tried.remove(fact);
                if (!differs.test(tried)) continue;
                smallest = tried;
                smaller = true;
            }
            for (Map.Entry<String, Object> fact : good.entrySet()) {
                if (smallest.containsKey(fact.getKey())) continue;
                Map<String, Object> tried = new HashMap<>(smallest);
                tried.put(fact.getKey(), fact.getValue());
                if (!differs.test(tried)) continue;
                smallest = tried;
                smaller = true;
            }
        }
        return smallest;
    }

    /** Facts of a person to whom everything is granted; the date that is judged is left as it was drawn. */
    static Map<String, Object> good(String scheme, LocalDate applied) {
        Map<String, Object> good = new HashMap<>(Map.of(
                "identityVerified",
                true,
                "banned",
                false,
                "employerType",
                "PRIVATE_ENTERPRISE",
                "employerRegion",
                "JINJIANG",
                "inPost",
                true));
        switch (scheme) {
            case "talent-recognition" ->
                good.putAll(Map.of(
                        "contractMonths",
                        36L,
                        "insuredMonthsConsecutive",
                        6L,
                        "evidence",
                        List.of("DOCTORATE"),
                        "annualTaxablePay",
                        0L,
                        "taxedMonthsInJinjiang",
                        6L,
                        "listedIndustry",
                        false,
                        "allowanceMonthsPaid",
                        0L,
                        "birthDate",
                        applied.minusYears(40)));
            case "recruitment-subsidy" ->
                good.putAll(Map.of(
                        "degree",
                        "MASTER",
                        "studyMode",
                        "FULL_TIME",
                        "degreeVerified",
                        true,
                        "birthDate",
                        applied.minusYears(30),
                        "priorSubsidy",
                        0L,
                        "insuranceGapMonths",
                        0L));
            default ->
                good.putAll(Map.of(
                        "contractMonths",
                        12L,
                        "insuredMonthsConsecutive",
                        6L,
                        "certificateVerified",
                        true,
                        "certificateLevel",
                        "THREE",
                        "unemploymentInsuredMonths",
                        36L,
                        "levelsPaidForOccupation",
                        List.of(),
                        "claimsThisYear",
                        0L,
                        "allowanceForSameCertificate",
                        false,
                        "awardPaidThisYear",
                        0L));
        }
        return good;
    }
}
