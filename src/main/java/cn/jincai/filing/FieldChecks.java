package cn.jincai.filing;

import cn.jincai.applicant.CreditCode;
import cn.jincai.applicant.ResidentId;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.policy.FieldCheck;
import cn.jincai.policy.Form;
import cn.jincai.policy.FormCheck;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a form may ask for by name about numbers of persons and employers (rulebook 2.9). */
@Configuration
class FieldChecks {
    private record Check(String name, Set<String> properties, Function<Answer, Optional<Mistake>> rule) implements FieldCheck {
        @Override
        public Optional<Mistake> mistake(Form.Field field, String value, Map<String, Object> answers) {
            return rule.apply(new Answer(field, value, answers)).map(m -> masked(m, value));
        }
    }

    private record Answer(Form.Field field, String value, Map<String, Object> answers) {}

    /** Check digit and real birth date; {@code properties: {birthDate: KEY}} names the field that must tell the same day. */
    @Bean
    FieldCheck residentId(CityClock clock) {
        return new Check("resident-id", Set.of("birthDate"), a -> ResidentId.check(a.field.key(), a.value, clock.today()).or(() -> differs(a)));
    }

    @Bean
    FieldCheck creditCode() {
        return new Check("credit-code", Set.of(), a -> CreditCode.check(a.field.key(), a.value));
    }

    private static Optional<Mistake> differs(Answer a) {
        String other = a.field.properties().getOrDefault("birthDate", "");
        Object told = a.answers.get(other);
        LocalDate inNumber = ResidentId.birthDate(a.value).orElseThrow();
        if (told == null || told.toString().equals(inNumber.toString())) return Optional.empty();
        return Optional.of(new Mistake(other, "BIRTH_DATE_DIFFERS", new Text("出生日期与身份证号码中的不一致，请核对两处。",
            "The date of birth differs from the one in the identity number. Compare the two.")));
    }

    private static Mistake masked(Mistake m, String value) {
        String few = FormCheck.mask(value);
        return new Mistake(m.field(), m.code(), new Text("（" + few + "）" + m.message().zh(), "(" + few + ") " + m.message().en()));
    }
}
