package cn.jincai.demo;

import cn.jincai.applicant.Persons;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.BeanFactory;

/** The demo's sources know somebody by his other document too. */
public class OtherPapers {
    private final SimulatedPeople people;
    private final Persons persons;

    public OtherPapers(BeanFactory city) {
        people = city.getBean(SimulatedPeople.class);
        persons = city.getBean(Persons.class);
    }

    /** As they know him by his identity card, with what they tell otherwise of this document. */
    public void known(String residentId, String type, String number, Map<String, Map<String, Object>> otherwise) {
        var card = people.find(persons.key("RESIDENT_ID", residentId)).orElseThrow();
        people.enter(
                persons.key(type, number),
                card.scheme(),
                card.name(),
                new TreeMap<>(SampleDefinitions.mergedBySource(card.facts(), otherwise)));
    }
}
