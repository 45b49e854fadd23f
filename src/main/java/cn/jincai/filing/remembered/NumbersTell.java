package cn.jincai.filing.remembered;

import cn.jincai.applicant.ResidentId;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.Packages;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCondition;
import cn.jincai.policy.registers.Entry;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What a number on a form tells of another field, so that it is not asked: an identity number the birth date (the field's property {@code birthDate}), and a card's first
 * digits its bank ({@code bank}, with the register {@code cards} that has them).
 */
@Component
public class NumbersTell {
    /** Of a card; an account's number that is none has other lengths, and its first digits say nothing. */
    private static final Pattern CARD = Pattern.compile("62\\d{14,17}");

    private final Packages packages;
    private final CityClock clock;

    NumbersTell(Packages packages, CityClock clock) {
        this.packages = packages;
        this.clock = clock;
    }

    /** By the key of the field that is told; nothing where a number is wrong or tells nothing. */
    public Map<String, String> told(Form form, Map<String, Object> answers) {
        Map<String, String> told = new HashMap<>();
        for (Form.Field field : form.fields()) {
            if (!(answers.get(field.key()) instanceof String number)) continue;
            String born = field.properties().get("birthDate"),
                    bank = field.properties().get("bank");
            if (born != null) birthDate(field, number, answers).ifPresent(day -> told.put(born, day.toString()));
            if (bank != null)
                bank(field.properties().getOrDefault("cards", ""), number).ifPresent(name -> told.put(bank, name));
        }
        return told;
    }

    private Optional<LocalDate> birthDate(Form.Field field, String number, Map<String, Object> answers) {
        String when = field.properties().get("checkWhen");
        if (when != null && !FormCondition.of(when).holds(answers)) return Optional.empty();
        boolean right = ResidentId.check(
                        field.key(), String.valueOf(answers.get("documentType")), number, clock.today())
                .isEmpty();
        return right ? ResidentId.birthDate(number) : Optional.empty();
    }

    /** The longest digits that fit: a bank's own are longer than those it shares. */
    private Optional<String> bank(String register, String number) {
        if (!CARD.matcher(number).matches()) return Optional.empty();
        return packages.registersIfWhole().inForce(clock.today(), register).stream()
                .filter(e -> number.startsWith(e.code()))
                .max(Comparator.comparing(e -> e.code().length()))
                .map(Entry::name)
                .map(name -> name.zh());
    }
}
