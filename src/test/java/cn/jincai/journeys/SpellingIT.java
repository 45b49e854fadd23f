package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.ResidentId;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** One number and one name are one, whichever way they come in and however they are typed. */
@Tag("issue-15.14")
@CaseTest
class SpellingIT {
    @LocalServerPort
    int port;

    @Autowired
    City city;

    @BeforeEach
    void aMondayMorning() {
        city.at("2026-03-02T09:00");
    }

    @Test
    void aProgramSendsCodesAsItHasThemAndTheyAreKeptInOneSpelling() {
        ObjectNode application = city.application("skills-award", "granted");
        ObjectNode answers = (ObjectNode) application.get("answers");
        String number = answers.get("documentNumber").asText(),
                employer = answers.get("employerCode").asText();
        answers.put("documentNumber", wide(number))
                .put("employerCode", wide(employer).toLowerCase())
                .put("phone", "１３８-0013－8000\u200B")
                .put("bankAccount", "6222 0200—0000 0000\uFEFF017")
                .put("occupationCode", "６１８０２０４");
        var award = city.submitted(application);
        JsonNode kept = award.answersAsTold();
        assertThat(kept.get("documentNumber").asText()).isEqualTo(number);
        assertThat(kept.get("employerCode").asText()).isEqualTo(employer);
        assertThat(kept.get("phone").asText()).isEqualTo("13800138000");
        assertThat(kept.get("bankAccount").asText()).isEqualTo("6222020000000000017");
        assertThat(kept.get("occupationCode").asText()).isEqualTo("6-18-02-04");
    }

    @Test
    void onAPageCodesAreTypedAsPeopleReadThem() {
        var award = city.submitted("skills-award", "granted")
                .done("intake", "acceptance", "supplement", Map.of("opinion", "请核对", "items", "phone,occupationCode"));
        String page = "/cases/" + award.number() + "/supplement";
        Visitor applicant = new Visitor(port).signIn("applicant");
        applicant.follow(
                PageForm.on(applicant.get(page), page)
                        .with("phone", "１３７ 0000-0009")
                        .with("occupationCode", "6－18–02—04")
                        .send(applicant),
                "/cases/" + award.number());
        assertThat(award.answersAsTold().get("phone").asText()).isEqualTo("13700000009");
        assertThat(award.answersAsTold().get("occupationCode").asText()).isEqualTo("6-18-02-04");
    }

    @Test
    void whatAnOfficerRecordsIsInTheSameSpelling() {
        var award = city.checked("skills-award", "granted").waitsAt("first-review");
        award.records("reviewer", "occupationCode", " ６－29－03－01\u200B").is(200);
        assertThat(StreamSupport.stream(award.show().get("facts").spliterator(), false)
                        .filter(f -> f.get("name").asText().equals("occupationCode"))
                        .map(f -> f.get("value").asText()))
                .containsExactly("6-29-03-01");
        assertThat(award.records("reviewer", "occupationCode", "6-29\uFFFD")
                        .is(422)
                        .code())
                .isEqualTo("DAMAGED");
    }

    @Test
    void whoRegistersWithDashesSignsInWithoutAndIsNobodyElse() {
        String number = "35058219910409512" + ResidentId.checkCharacter("35058219910409512");
        Visitor visitor = new Visitor(port);
        Visitor.Answer refused = registers(visitor, "张\uE000芳", number, "13800138000");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("第2个字是自造字");
        assertThat(registers(visitor, "张\u200B芳", wide(number), "１３８-0013-8000").body())
                .doesNotContain("第2个字");
        assertThat(new Visitor(port).trySignIn(number, "correct horse 9").status())
                .isEqualTo(302);
        assertThat(new Visitor(port).trySignIn(wide(number), "correct horse 9").status())
                .isEqualTo(302);
        registers(new Visitor(port), "李四", number, "13800138000");
        Visitor holder = new Visitor(port);
        holder.trySignIn(number, "correct horse 9");
        assertThat(holder.get("/account").body()).as("nobody else came of it").contains("张芳");
    }

    private static Visitor.Answer registers(Visitor visitor, String name, String number, String phone) {
        return PageForm.on(visitor.get("/register"), "/register")
                .with("name", name)
                .with("documentType", "RESIDENT_ID")
                .with("documentNumber", number)
                .with("phone", phone)
                .with("password", "correct horse 9")
                .with("agreed", "true")
                .send(visitor);
    }

    @Test
    void aNameIsFoundInEitherScriptAndWidth() {
        ObjectNode application = city.application("skills-award", "granted");
        ((ObjectNode) application.get("answers")).put("name", "謝國棟\u200B").put("accountHolder", "谢国栋");
        var award = city.submitted(application);
        assertThat(award.answersAsTold().get("name").asText()).isEqualTo("謝國棟");
        ObjectNode other = city.application("skills-award", "granted");
        ((ObjectNode) other.get("answers")).put("name", "José García").put("accountHolder", "JOSE GARCIA");
        var latin = city.submitted(other);
        Visitor officer = new Visitor(port).signIn("intake");
        assertThat(found(officer, "谢国栋")).contains(award.number()).doesNotContain(latin.number());
        assertThat(found(officer, "謝國棟")).contains(award.number());
        assertThat(found(officer, "ＧＡＲＣＩＡ　jose")).contains(latin.number());
        assertThat(found(officer, award.number().toLowerCase().replaceFirst("jc", "ＪＣ ")))
                .contains(award.number());
    }

    private static String found(Visitor officer, String words) {
        return PageForm.on(officer.get("/officers/cases"), "/officers/cases")
                .with("q", words)
                .with("purpose", "identify")
                .send(officer)
                .body();
    }

    @Test
    void aNameThatOtherComputersCantShowIsRefusedByItsField() {
        ObjectNode application = city.application("skills-award", "granted");
        ObjectNode answers = (ObjectNode) application.get("answers");
        answers.put("accountHolder", "王\uFFFD");
        assertThat(city.call("applicant", HttpMethod.POST, "/api/cases", application)
                        .is(422)
                        .body()
                        .get("errors")
                        .toString())
                .as("not even in a draft")
                .contains("answers.accountHolder", "DAMAGED");
        answers.put("accountHolder", "王\uE000");
        JsonNode errors = city.drafted(application).submission().is(422).body().get("errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).get("field").asText()).isEqualTo("accountHolder");
        assertThat(errors.toString()).contains("PRIVATE_CHARACTER", "第2个字").doesNotContain("王");
    }

    /** Full width, with dashes and a sign that nobody sees. */
    private static String wide(String code) {
        return code.replace('1', '１').replaceFirst("^(.{6})(.{8})", "$1-$2\u200B－");
    }
}
