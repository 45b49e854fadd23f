package cn.jincai.registry;

import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.policy.Scheme;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Asks a source about a case's person by the document that the case names, and what the package says is the person's whatever the document (a ban) also by each other one
 * that was joined as his (rulebook 7.10): true of one is true of him.
 */
@Component
public class EveryDocument {
    private final Sources sources;
    private final SourceRounds rounds;
    private final Persons persons;

    EveryDocument(Sources sources, SourceRounds rounds, Persons persons) {
        this.sources = sources;
        this.rounds = rounds;
        this.persons = persons;
    }

    /** Silent where one of the questions is not answered: a ban may stand under the other document. */
    public Answer ask(Scheme scheme, String personKey, String source, Subject subject, Set<String> facts) {
        return withOthers(scheme, personKey, source, subject, facts, sources.ask(source, subject, facts));
    }

    /** Somebody in a roster. */
    public record Asked(String personKey, Subject subject) {}

    /** The same about many people. @return in their order, for as many as had their turn */
    public List<Answer> askEach(Scheme scheme, String source, List<Asked> people, Set<String> facts) {
        List<Answer> answers =
                rounds.ask(source, people.stream().map(Asked::subject).toList(), facts);
        return IntStream.range(0, answers.size())
                .mapToObj(i -> withOthers(
                        scheme, people.get(i).personKey, source, people.get(i).subject, facts, answers.get(i)))
                .toList();
    }

    private Answer withOthers(
            Scheme scheme, String personKey, String source, Subject subject, Set<String> facts, Answer first) {
        Answer answer = first;
        Set<String> whole = ofEvery(scheme, facts);
        List<Person> others = whole.isEmpty() ? List.of() : others(personKey);
        for (Person other : others) {
            if (!(answer instanceof Answer.Answered known)) return answer;
            answer = sources.ask(source, under(other, subject), whole);
            if (answer instanceof Answer.Answered more) answer = together(known, more, whole);
        }
        return answer;
    }

    /** What changes the question beside the case's answers: the other documents, in their order. */
    public String askedOf(Scheme scheme, String personKey, Set<String> facts) {
        return ofEvery(scheme, facts).isEmpty()
                ? ""
                : others(personKey).stream().map(Person::key).collect(Collectors.joining());
    }

    private List<Person> others(String personKey) {
        return persons.documents(personKey).stream()
                .filter(key -> !key.equals(personKey))
                .map(persons::find)
                .toList();
    }

    private static Set<String> ofEvery(Scheme scheme, Set<String> facts) {
        return scheme.facts().stream()
                .filter(Scheme.Fact::everyDocument)
                .map(Scheme.Fact::name)
                .filter(facts::contains)
                .collect(Collectors.toSet());
    }

    private static Subject under(Person other, Subject subject) {
        return new Subject(
                other.name(), other.documentType(), other.documentNumber(), subject.employerCode(), subject.answers());
    }

    private static Answer together(Answer.Answered known, Answer.Answered more, Set<String> whole) {
        Map<String, Object> facts = new HashMap<>(known.facts());
        whole.stream()
                .filter(fact -> Boolean.TRUE.equals(more.facts().get(fact)))
                .forEach(f -> facts.put(f, true));
        return new Answer.Answered(known.asOf(), facts);
    }

    /** Whether what a source answered at that moment still holds. */
    public boolean isGood(String source, Instant answeredAt) {
        return sources.isGood(source, answeredAt);
    }
}
