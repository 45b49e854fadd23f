package cn.jincai.filing;

import cn.jincai.applicant.BankAccount;
import cn.jincai.applicant.CreditCode;
import cn.jincai.applicant.PersonName;
import cn.jincai.applicant.Registration;
import cn.jincai.applicant.ResidentId;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import cn.jincai.policy.forms.FieldCheck;
import cn.jincai.policy.forms.FormCheck;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a form may ask for by name about numbers of persons and employers (rulebook 2.9), and what is asked of every account (rulebook 7.11). */
@Configuration(proxyBeanMethods = false)
public class FieldChecks {
    /** The check by which a form says that a field holds the number of a certificate. */
    static final String CERTIFICATE = "certificate-number";

    /** All of them, where there is no application. */
    public static List<FieldCheck> all(CityClock clock) {
        FieldChecks here = new FieldChecks();
        return List.of(
                here.residentId(clock),
                here.documentNumber(),
                here.creditCode(),
                here.occupationCode(),
                here.certificateNumber(),
                here.phone(),
                here.personName(),
                here.holderName(),
                here.employerName(),
                here.accountNumber(),
                here.accountHolder());
    }

    /** Check digit and real birth date; {@code properties: {birthDate: KEY}} names the field that must tell the same day. */
    @Bean
    FieldCheck residentId(CityClock clock) {
        return new FieldCheck(
                "resident-id",
                Set.of("birthDate"),
                null,
                true,
                Spelling::ofCode,
                a -> ResidentId.check(a.field().key(), type(a), a.value(), clock.today())
                        .or(() -> differs(a))
                        .map(m -> masked(m, a.value())));
    }

    /** Before the field's own limits, which can't know of which document the number is: what is told is of the one at hand. */
    @Bean
    FieldCheck documentNumber() {
        return new FieldCheck(
                "document-number",
                Set.of(),
                "documentNumber",
                true,
                true,
                Spelling::ofCode,
                a -> Registration.couldBe(type(a), a.value()) ? Optional.empty() : noNumber(a));
    }

    private static Optional<Mistake> noNumber(FieldCheck.Answer a) {
        String field = a.field().key();
        Text document = Registration.documentName(type(a));
        Mistake mistake = Registration.bearsBirthDate(type(a))
                ? Mistake.of(field, "applicant.RESIDENT_ID_FORM", document)
                : Mistake.of(field, "applicant.DOCUMENT_NUMBER", document);
        return Optional.of(masked(mistake, a.value()));
    }

    private static String type(FieldCheck.Answer a) {
        return String.valueOf(a.answers().get("documentType"));
    }

    @Bean
    FieldCheck creditCode() {
        return new FieldCheck(
                "credit-code",
                Set.of(),
                null,
                true,
                Spelling::ofCode,
                a -> CreditCode.check(a.field().key(), a.value()).map(m -> masked(m, a.value())));
    }

    /** An occupation of the national classification 职业分类大典, 6-18-02-04: its dashes belong to it, though many leave them out. */
    @Bean
    FieldCheck occupationCode() {
        return new FieldCheck("occupation-code", Set.of(), null, true, FieldChecks::occupation, a -> Optional.empty());
    }

    static String occupation(String typed) {
        String code = Spelling.ofCode(typed);
        return code.matches("\\d{7}") ? code.replaceFirst("(.)(..)(..)(..)", "$1-$2-$3-$4") : Spelling.ofWord(typed);
    }

    /** Of a certificate: by it another document of its holder is found (rulebook 7.10). */
    @Bean
    FieldCheck certificateNumber() {
        return new FieldCheck(CERTIFICATE, Set.of(), null, true, Spelling::ofCode, a -> Optional.empty());
    }

    @Bean
    FieldCheck phone() {
        return new FieldCheck("phone", Set.of(), "phone", true, Contact::phone, a -> Optional.empty());
    }

    @Bean
    FieldCheck personName() {
        return name("person-name", "name");
    }

    @Bean
    FieldCheck holderName() {
        return name("holder-name", "accountHolder");
    }

    @Bean
    FieldCheck employerName() {
        return name("employer-name", "employerName");
    }

    private static FieldCheck name(String check, String field) {
        return new FieldCheck(
                check,
                Set.of(),
                field,
                true,
                Spelling::ofName,
                a -> Spelling.mistakeInName(a.field().key(), a.value())
                        .map(m -> new Mistake(
                                m.field(),
                                m.code(),
                                Text.of("filing.named", a.field().label(), m.message()))));
    }

    @Bean
    FieldCheck accountNumber() {
        return new FieldCheck(
                "account-number",
                Set.of(),
                "bankAccount",
                true,
                Spelling::ofCode,
                a -> BankAccount.check(a.field().key(), a.value()).map(m -> masked(m, a.value())));
    }

    /** Told when it is typed, not when the money is stopped weeks later; only what no spelling explains. It stops no submission, as no unmet condition does (rulebook 7). */
    @Bean
    FieldCheck accountHolder() {
        return new FieldCheck(
                "account-holder",
                Set.of(),
                "accountHolder",
                false,
                UnaryOperator.identity(),
                a -> a.answers().get("name") instanceof String name
                                && !name.isBlank()
                                && !PersonName.same(name, a.value())
                        ? Optional.of(Mistake.of(a.field().key(), "filing.ACCOUNT_HOLDER"))
                        : Optional.empty());
    }

    private static Optional<Mistake> differs(FieldCheck.Answer a) {
        String other = a.field().properties().getOrDefault("birthDate", "");
        Object told = a.answers().get(other);
        LocalDate inNumber = ResidentId.birthDate(a.value()).orElseThrow();
        if (told == null || told.toString().equals(inNumber.toString())) return Optional.empty();
        return Optional.of(Mistake.of(other, "filing.BIRTH_DATE_DIFFERS", Registration.documentName(type(a))));
    }

    private static Mistake masked(Mistake m, String value) {
        return new Mistake(m.field(), m.code(), Text.of("filing.masked", FormCheck.mask(value), m.message()));
    }
}
