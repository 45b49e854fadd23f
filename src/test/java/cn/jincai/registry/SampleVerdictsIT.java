package cn.jincai.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Persons;
import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.demo.Samples;
import cn.jincai.journeys.City;
import cn.jincai.kernel.CityClock;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.EarlierGrants;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import cn.jincai.registry.Answer.Answered;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Each kind of sample gets the verdict that it promises, on what the sources say over HTTP. */
@CaseTest
class SampleVerdictsIT {
    @Autowired
    City city;

    @Autowired
    Packages packages;

    @Autowired
    Samples samples;

    @Autowired
    Sources sources;

    @Autowired
    EarlierGrants earlier;

    @Autowired
    Persons persons;

    @Autowired
    Assessments assessments;

    @Autowired
    CityClock clock;

    /** When two years from the first insurance lie within the scheme's own time. */
    @BeforeEach
    void anAutumn() {
        city.at("2026-11-02T09:00");
    }

    @TestFactory
    Stream<DynamicTest> eachKindIsDecidedAsItsFileSays() {
        return packages.inForce().stream()
                .flatMap(p -> samples.verdicts(p.scheme()).entrySet().stream()
                        .map(kind -> dynamicTest(p.scheme() + ", " + kind.getKey(), () -> {
                            Assessment assessment = assess(p, kind.getKey());
                            assertThat(assessment.verdict())
                                    .as(assessment.benefits().toString())
                                    .hasToString(kind.getValue());
                        })));
    }

    private Assessment assess(PolicyPackage p, String kind) {
        Map<String, Object> answers = samples.application(p.scheme(), kind).answers();
        var facts = new TreeMap<String, Object>();
        Map<String, Set<String>> bySource = p.catalogue().facts().stream()
                .collect(Collectors.groupingBy(
                        Scheme.Fact::source, Collectors.mapping(Scheme.Fact::name, Collectors.toSet())));
        for (var entry : bySource.entrySet()) {
            if (entry.getKey().equals("own-records")) continue;
            Map<String, Object> told = entry.getKey().equals("applicant")
                    ? answers
                    : ((Answered) sources.ask(entry.getKey(), subject(answers), entry.getValue())).facts();
            told.entrySet().stream()
                    .filter(fact -> entry.getValue().contains(fact.getKey()))
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue()));
        }
        facts.replaceAll((name, value) -> p.catalogue().fact(name).orElseThrow().type() == Scheme.Type.DATE
                ? LocalDate.parse(value.toString())
                : value);
        facts.putAll(ownRecords(p.catalogue(), answers));
        return assessments.assess(p, clock.today(), facts, Adjustments.NONE);
    }

    /** A fresh person was granted nothing but what the sample says. */
    private Map<String, Object> ownRecords(Scheme scheme, Map<String, Object> answers) {
        List<EarlierGrant> grants = earlier.of(persons.key(
                answers.get("documentType").toString(),
                answers.get("documentNumber").toString()));
        var facts = new TreeMap<String, Object>();
        for (Scheme.Fact fact : scheme.facts()) {
            if (!fact.isOwnRecords()) continue;
            List<EarlierGrant> these = grants.stream()
                    .filter(g -> fact.count().benefits().contains(g.benefit()))
                    .toList();
            switch (fact.count().of()) {
                case "level" -> assertThat(these).isEmpty();
                case "exists" -> facts.put(fact.name(), !these.isEmpty());
                case "instalments" ->
                    facts.put(
                            fact.name(),
                            these.stream().map(g -> g.instalment().longValue()).toList());
                case "levels" -> facts.put(fact.name(), List.of());
                default ->
                    facts.put(
                            fact.name(),
                            these.stream().mapToLong(EarlierGrant::amountFen).sum());
            }
        }
        return facts;
    }

    private static Subject subject(Map<String, Object> answers) {
        return new Subject(
                answers.get("name").toString(),
                answers.get("documentType").toString(),
                answers.get("documentNumber").toString(),
                answers.get("employerCode").toString(),
                answers);
    }
}
