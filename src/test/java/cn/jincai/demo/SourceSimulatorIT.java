package cn.jincai.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.CreditCode;
import cn.jincai.applicant.ResidentId;
import cn.jincai.demo.SourceSimulator.Mode;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.registry.Answer.Answered;
import cn.jincai.registry.Answer.Silent;
import cn.jincai.registry.Sources;
import cn.jincai.registry.Subject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application asks the simulated sources over HTTP, as it asks real ones. */
@CaseTest
class SourceSimulatorIT {
    private static final String SCHEME = "skills-award";
    private static final Set<String> POST = Set.of("inPost", "insuredMonthsConsecutive");

    @Autowired
    Samples samples;

    @Autowired
    Sources sources;

    @Autowired
    SourceSimulator simulator;

    @Autowired
    CityClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    @AfterEach
    void allWell() {
        sources.names().forEach(name -> simulator.switchTo(name, Mode.OK));
    }

    @Test
    void aSampleIsAPersonWithValidNumbersWhomTheSourcesKnow() {
        var answers = samples.application(SCHEME, "granted").answers();
        assertThat(ResidentId.check("documentNumber", "RESIDENT_ID", text(answers, "documentNumber"), clock.today()))
                .isEmpty();
        assertThat(ResidentId.birthDate(text(answers, "documentNumber")))
                .hasValueSatisfying(born -> assertThat(born).hasToString(text(answers, "birthDate")));
        assertThat(CreditCode.check("employerCode", text(answers, "employerCode")))
                .isEmpty();
        assertThat(text(answers, "phone")).matches("1[3-9]\\d{9}");
        assertThat(luhn(text(answers, "bankAccount"))).isTrue();
        assertThat(text(answers, "accountHolder")).isEqualTo(text(answers, "name"));
        assertThat(sources.ask("identity", subject(answers), Set.of("identityVerified", "birthDate")))
                .isEqualTo(new Answered(
                        clock.today(), Map.of("identityVerified", true, "birthDate", text(answers, "birthDate"))));
        assertThat(sources.ask("insurance", subject(answers), POST))
                .isEqualTo(new Answered(clock.today(), Map.of("inPost", true, "insuredMonthsConsecutive", 24L)));
    }

    @Test
    void somePeopleAreAlwaysThereAlsoWithOtherDocuments() {
        for (var known : FictitiousPerson.Stock.load().known()) {
            var subject = new Subject(known.name(), known.documentType(), known.documentNumber(), null, Map.of());
            if (known.documentType().equals("RESIDENT_ID"))
                assertThat(ResidentId.check("documentNumber", "RESIDENT_ID", known.documentNumber(), clock.today()))
                        .isEmpty();
            assertThat(sources.ask("identity", subject, Set.of("identityVerified", "birthDate")))
                    .isEqualTo(new Answered(
                            clock.today(), Map.of("identityVerified", true, "birthDate", known.birthDate())));
        }
    }

    @Test
    void noTwoSamplesAreOnePerson() {
        var numbers = new HashSet<Object>();
        for (int i = 0; i < 50; i++)
            numbers.add(samples.application(SCHEME, "granted").answers().get("documentNumber"));
        assertThat(numbers).hasSize(50);
    }

    @Test
    void aStrangerIsNotVerifiedAndNothingElseIsKnown() {
        var stranger = new Subject("王五", "RESIDENT_ID", "110101199003074477", null, Map.of());
        assertThat(sources.ask("identity", stranger, Set.of("identityVerified", "birthDate")))
                .isEqualTo(new Answered(clock.today(), Map.of("identityVerified", false)));
        assertThat(sources.ask("insurance", stranger, POST)).isEqualTo(new Answered(clock.today(), Map.of()));
    }

    @Test
    void anotherNameUnderTheSameNumberIsAStranger() {
        var answers = samples.application(SCHEME, "granted").answers();
        var pretender = new Subject("冒名者", "RESIDENT_ID", text(answers, "documentNumber"), null, Map.of());
        assertThat(sources.ask("identity", pretender, Set.of("identityVerified")))
                .isEqualTo(new Answered(clock.today(), Map.of("identityVerified", false)));
    }

    @Test
    void aSourceThatIsDownIsSilentAndTheOthersAreNot() {
        var subject = subject(samples.application(SCHEME, "granted").answers());
        simulator.switchTo("insurance", Mode.DOWN);
        assertThat(sources.ask("insurance", subject, POST))
                .isInstanceOfSatisfying(
                        Silent.class, s -> assertThat(s.why().en()).contains("503"));
        assertThat(sources.ask("employer", subject, Set.of("employerRegion")))
                .isEqualTo(new Answered(clock.today(), Map.of("employerRegion", "JINJIANG")));
        simulator.switchTo("insurance", Mode.OK);
        assertThat(sources.ask("insurance", subject, POST)).isInstanceOf(Answered.class);
    }

    @Test
    void aSlowSourceIsSilent() {
        simulator.switchTo("tax", Mode.SLOW);
        assertThat(sources.ask(
                        "tax", subject(samples.application(SCHEME, "granted").answers()), Set.of("annualTaxablePay")))
                .isInstanceOfSatisfying(
                        Silent.class, s -> assertThat(s.why().en()).contains("in time"));
    }

    @Test
    void aContradictingSourceSaysSomethingElse() {
        var answers = samples.application(SCHEME, "granted").answers();
        simulator.switchTo("certificate", Mode.CONTRADICTS);
        assertThat(sources.ask("certificate", subject(answers), Set.of("certificateLevel", "certificateVerified")))
                .isEqualTo(
                        new Answered(clock.today(), Map.of("certificateLevel", "FOUR", "certificateVerified", true)));
        assertThat(answers.get("certificateLevel")).isEqualTo("THREE");
    }

    @Test
    void onePersonMayFileForSeveralSchemes() {
        var subject =
                subject(samples.application("recruitment-subsidy", "granted").answers());
        assertThat(sources.ask("certificate", subject, Set.of("certificateVerified")))
                .isEqualTo(new Answered(clock.today(), Map.of("certificateVerified", true)));
        assertThat(sources.ask("tax", subject, Set.of("taxedMonthsInJinjiang")))
                .isEqualTo(new Answered(clock.today(), Map.of("taxedMonthsInJinjiang", 12L)));
    }

    @Test
    void aKindThatTheSchemeLacksIsRefusedWithTheListOfThoseThereAre() {
        assertThatThrownBy(() -> samples.application(SCHEME, "second-instalment"))
                .isInstanceOfSatisfying(Problem.class, p -> {
                    assertThat(p.kind()).isEqualTo(Problem.Kind.INVALID);
                    assertThat(p.text().en()).contains("granted", "refused", "supplement", "manual");
                });
        assertThatThrownBy(() -> samples.application("no-such-scheme", "granted"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.NOT_FOUND));
    }

    @Test
    void whatTheTableKeepsOfSamplePeopleNamesNobody() {
        var answers = samples.application(SCHEME, "granted").answers();
        assertThat(jdbc.sql("select person_key, scheme, sealed_facts from simulated_people")
                        .query()
                        .listOfRows()
                        .toString())
                .doesNotContain(text(answers, "documentNumber"), text(answers, "name"));
    }

    @Test
    void withoutTheSecretNobodyIsTold() {
        var headers = new HttpHeaders();
        headers.setBasicAuth("admin", "admin");
        headers.set(SourceSimulator.SECRET_HEADER, "guessed");
        String question = "{\"subject\": {}, \"facts\": [\"banned\"]}";
        headers.set("Content-Type", "application/json");
        assertThat(http.exchange(
                                "/simulator/sources/ban",
                                HttpMethod.POST,
                                new HttpEntity<>(question, headers),
                                String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        headers.remove(SourceSimulator.SECRET_HEADER);
        assertThat(http.exchange(
                                "/simulator/sources/ban",
                                HttpMethod.POST,
                                new HttpEntity<>(question, headers),
                                String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        headers.set(SourceSimulator.SECRET_HEADER, simulator.secret());
        assertThat(http.exchange(
                                "/simulator/sources/ban",
                                HttpMethod.POST,
                                new HttpEntity<>(question, headers),
                                String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    private static Subject subject(Map<String, Object> answers) {
        return new Subject(
                text(answers, "name"),
                text(answers, "documentType"),
                text(answers, "documentNumber"),
                text(answers, "employerCode"),
                answers);
    }

    private static String text(Map<String, Object> answers, String key) {
        return String.valueOf(answers.get(key));
    }

    private static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }
}
