package cn.jincai.filing.remembered;

import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Writes into a draft what need not be asked, and remembers of each answer where it comes from, until its author changes it. */
@Component
public class Prefill {
    private static final String TYPE = "documentType", NUMBER = "documentNumber";

    private final Remembered remembered;
    private final NumbersTell numbers;
    private final Origins origins;
    private final Completeness completeness;
    private final Persons persons;
    private final CityClock clock;

    Prefill(
            Remembered remembered,
            NumbersTell numbers,
            Origins origins,
            Completeness completeness,
            Persons persons,
            CityClock clock) {
        this.remembered = remembered;
        this.numbers = numbers;
        this.origins = origins;
        this.completeness = completeness;
        this.persons = persons;
        this.clock = clock;
    }

    /**
     * Of a draft that begins: fills the gaps in what was told.
     *
     * @param remember whether earlier applications may be looked at
     * @return where the answers come from that nobody has told
     */
    public Map<String, Origin> begin(Actor who, PolicyPackage pack, ObjectNode told, boolean remember) {
        Map<String, Origin> known = new HashMap<>();
        if (remember)
            for (Known one : remembered.of(who, pack)) {
                if (!told.hasNonNull(one.key())) told.set(one.key(), one.value());
                if (told.get(one.key()).equals(one.value())) known.put(one.key(), one.origin());
            }
        known.putAll(complete(pack, told));
        return known;
    }

    /** Fills in what numbers tell, where nothing was told. */
    public Map<String, Origin> complete(PolicyPackage pack, ObjectNode answers) {
        Map<String, Origin> known = new HashMap<>();
        told(pack, answers).forEach((key, value) -> {
            if (answers.hasNonNull(key)) return;
            answers.put(key, value);
            known.put(key, byNumber());
        });
        return known;
    }

    private Map<String, String> told(PolicyPackage pack, ObjectNode answers) {
        return numbers.told(completeness.form(pack), completeness.values(answers));
    }

    private Origin byNumber() {
        return new Origin(Origin.Kind.NUMBER, null, clock.today());
    }

    public void keep(CaseNumber number, Map<String, Origin> known) {
        origins.keep(number, known);
    }

    /**
     * An answer was changed. What a number has told follows it; and where a draft is somebody else's now, what was taken from the other's applications goes, but for what stands
     * on the page with the number, where its author sees it.
     *
     * @param before   the case as it was
     * @param answers  as they are now; changed here
     * @param typed    keys of what was changed
     * @param mayChange what is open now
     */
    public void changed(
            PolicyPackage pack, Case before, ObjectNode answers, List<String> typed, Predicate<String> mayChange) {
        Map<String, Origin> known = new HashMap<>();
        List<String> gone = new ArrayList<>(typed);
        Map<String, String> earlier = told(pack, before.answers()), now = told(pack, answers);
        earlier.forEach((key, value) -> {
            if (typed.contains(key)
                    || now.containsKey(key)
                    || !value.equals(answers.path(key).asText())) return;
            if (!mayChange.test(key)) return;
            answers.remove(key);
            gone.add(key);
        });
        now.forEach((key, value) -> {
            String is = answers.path(key).asText("");
            boolean follows = is.isEmpty() || is.equals(earlier.get(key)) && !is.equals(value);
            if (typed.contains(key) || !follows || !mayChange.test(key)) return;
            answers.put(key, value);
            known.put(key, byNumber());
        });
        if (before.isDraft() && isSomebodyElse(before.answers(), answers))
            for (String key : ofTheOther(pack, before.number(), typed)) {
                answers.remove(key);
                gone.add(key);
            }
        origins.forget(before.number(), gone);
        origins.keep(before.number(), known);
    }

    private boolean isSomebodyElse(ObjectNode before, ObjectNode now) {
        return before.hasNonNull(NUMBER) && !key(before).equals(key(now));
    }

    private String key(ObjectNode answers) {
        return persons.key(answers.path(TYPE).asText(), answers.path(NUMBER).asText());
    }

    private List<String> ofTheOther(PolicyPackage pack, CaseNumber number, List<String> typed) {
        Form form = completeness.form(pack);
        List<String> beside = form.sections().stream()
                .map(g -> Form.fields(g.parts()).stream().map(Form.Field::key).toList())
                .filter(keys -> keys.contains(NUMBER))
                .flatMap(List::stream)
                .toList();
        return origins.of(number).entrySet().stream()
                .filter(e ->
                        e.getValue().kind() == Origin.Kind.CASE || e.getValue().kind() == Origin.Kind.SOURCE)
                .map(Map.Entry::getKey)
                .filter(key -> !beside.contains(key) && !typed.contains(key))
                .toList();
    }
}
