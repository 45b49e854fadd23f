package cn.jincai.demo;

import cn.jincai.applicant.Persons;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.planning.EarlierGrant;
import cn.jincai.planning.EarlierGrants;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The demo's made-up applications: a fresh person each time, whom the simulated sources know and whose case goes as the kind says. */
@Service
@Profile("demo")
public class Samples {
    private final Packages packages;
    private final SimulatedPeople people;
    private final Persons persons;
    private final EarlierGrants earlier;
    private final CityClock clock;
    private final ObjectMapper json;
    private final Map<String, String> employer;
    private final FictitiousPerson.Stock stock;
    private final RandomGenerator random = new SecureRandom();

    Samples(
            Packages packages,
            SimulatedPeople people,
            Persons persons,
            EarlierGrants earlier,
            CityClock clock,
            ObjectMapper json,
            @Value("${jincai.demo.employer-code}") String employerCode,
            @Value("${jincai.demo.employer-name}") String employerName) {
        this.packages = packages;
        this.people = people;
        this.persons = persons;
        this.earlier = earlier;
        this.clock = clock;
        this.json = json;
        this.employer = Map.of("employerCode", employerCode, "employerName", employerName);
        this.stock = FictitiousPerson.Stock.load();
    }

    /** A body for {@code POST /api/cases}. */
    public record Application(String scheme, Map<String, Object> answers) {
        @Override
        public String toString() {
            return "Application[" + scheme + "]";
        }
    }

    /** The kinds of cases that the scheme in force has samples of; none for one without samples. */
    public Set<String> kinds(String scheme) {
        return SampleDefinitions.of(packages.inForce(scheme))
                .map(b -> Set.copyOf(b.kinds().keySet()))
                .orElse(Set.of());
    }

    /**
     * A fresh person, known to the sources from now on, and what he would write into the form today.
     * @throws Problem NOT_FOUND for an unknown scheme, INVALID for a kind that it has no sample of
     */
    @Transactional
    public Application application(String scheme, String kind) {
        SampleDefinitions book = SampleDefinitions.of(packages.inForce(scheme)).orElseThrow(Problem::notFound);
        SampleDefinitions.Kind sample = book.kind(kind);
        FictitiousPerson person = freshPerson(sample);
        var words = new TreeMap<>(person.placeholders());
        words.putAll(employer);
        String key = persons.key("RESIDENT_ID", person.documentNumber());
        people.enter(key, scheme, person.name(), factsOf(scheme, sample, words));
        enterOwnRecords(key, sample, words);
        return new Application(scheme, SampleDefinitions.filledIn(sample.answers(), words, clock.today()));
    }

    /** What the rules are to answer to each kind, for the checks of a package. */
    public Map<String, String> verdicts(String scheme) {
        var verdicts = new TreeMap<String, String>();
        SampleDefinitions.of(packages.inForce(scheme))
                .ifPresent(b -> b.kinds()
                        .keySet()
                        .forEach(kind -> verdicts.put(kind, b.kind(kind).verdict())));
        return verdicts;
    }

    /** Somebody who is always the same is made known when first asked about. */
    @Transactional
    boolean introduce(String documentType, String documentNumber) {
        for (var known : stock.known()) {
            if (!known.documentType().equals(documentType)
                    || !known.documentNumber().equals(documentNumber)) continue;
            var words = new TreeMap<>(employer);
            words.putAll(
                    Map.of("name", known.name(), "documentNumber", documentNumber, "birthDate", known.birthDate()));
            SampleDefinitions.Kind sample = SampleDefinitions.of(packages.inForce(known.scheme()))
                    .orElseThrow(Problem::notFound)
                    .kind(known.kind());
            people.enter(
                    persons.key(documentType, documentNumber),
                    known.scheme(),
                    known.name(),
                    factsOf(known.scheme(), sample, words));
            return true;
        }
        return false;
    }

    Map<String, Object> unknownTo(String source) {
        var told = new TreeMap<String, Object>();
        for (PolicyPackage p : packages.inForce())
            SampleDefinitions.of(p).ifPresent(b -> told.putAll(b.unknown().getOrDefault(source, Map.of())));
        return told;
    }

    Map<String, Object> contradictions(String scheme, String source) {
        return SampleDefinitions.of(packages.inForce(scheme))
                .map(b -> SampleDefinitions.filledIn(
                        b.contradicts().getOrDefault(source, Map.of()), employer, clock.today()))
                .orElse(Map.of());
    }

    private FictitiousPerson freshPerson(SampleDefinitions.Kind sample) {
        LocalDate today = clock.today();
        SampleDefinitions.Born born = sample.born();
        if (born == null)
            throw new IllegalArgumentException("a kind of sample that doesn't say when its people are born");
        FictitiousPerson person;
        do
            person = FictitiousPerson.born(
                    RelativeDays.day(born.from(), today), RelativeDays.day(born.to(), today), stock, random);
        while (people.find(persons.key("RESIDENT_ID", person.documentNumber())).isPresent());
        return person;
    }

    /** What other schemes' sources know of one who is granted there is known of everybody, so that one person can file for several. */
    private Map<String, Map<String, Object>> factsOf(
            String scheme, SampleDefinitions.Kind sample, Map<String, String> words) {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        for (PolicyPackage p : packages.inForce())
            if (!p.scheme().equals(scheme)) all = SampleDefinitions.mergedBySource(all, grantedElsewhere(p));
        all = SampleDefinitions.mergedBySource(all, sample.facts());
        all.replaceAll((source, facts) -> SampleDefinitions.filledIn(facts, words, clock.today()));
        return all;
    }

    private static Map<String, Map<String, Object>> grantedElsewhere(PolicyPackage p) {
        return SampleDefinitions.of(p)
                .filter(b -> b.kinds().containsKey("granted"))
                .map(b -> b.kind("granted").facts())
                .orElse(Map.of());
    }

    private void enterOwnRecords(String key, SampleDefinitions.Kind sample, Map<String, String> words) {
        if (sample.ownRecords() == null) return;
        for (Map<String, Object> row : sample.ownRecords())
            earlier.enter(
                    key, json.convertValue(SampleDefinitions.filledIn(row, words, clock.today()), EarlierGrant.class));
    }
}
