package cn.jincai.demo;

import cn.jincai.applicant.Persons;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/** People of whom the demo's sources know what a story needs, beside those that samples make. */
public final class KnownEmployees {
    private final SimulatedPeople people;
    private final Persons persons;

    public KnownEmployees(ApplicationContext city) {
        people = city.getBean(SimulatedPeople.class);
        persons = city.getBean(Persons.class);
    }

    /** @param facts by source */
    public void known(String scheme, String residentId, String name, Map<String, Map<String, Object>> facts) {
        people.enter(persons.key("RESIDENT_ID", residentId), scheme, name, facts);
    }
}
