package cn.jincai.filing.sight;

import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Packages;
import cn.jincai.policy.forms.FieldClass;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose case it is, as lists tell it: so much as the steps of the reader's roles need, and of people never more than a masked name, for a list is no look at a file. */
@Component
public class CaseNames {
    private final JdbcClient db;
    private final Persons persons;
    private final Packages packages;
    private final Sights sights;

    CaseNames(JdbcClient db, Persons persons, Packages packages, Sights sights) {
        this.db = db;
        this.persons = persons;
        this.packages = packages;
        this.sights = sights;
    }

    private record Row(CaseNumber number, String hash, String person) {}

    /** With two questions for the whole list. Nothing of a case whose person the reader's roles do not see, nor of a draft. An employer is told by its name. */
    public Map<CaseNumber, String> onLists(Actor who, Collection<CaseNumber> numbers) {
        return shown(who, numbers, false);
    }

    /** @param whole whether those who see the document see the name as it is; such a list is recorded as a look */
    public Map<CaseNumber, String> shown(Actor who, Collection<CaseNumber> numbers, boolean whole) {
        if (numbers.isEmpty()) return Map.of();
        List<Row> rows = db.sql(
                        "select case_number, package_hash, person_key from cases where case_number in (:numbers) and person_key is not null")
                .param("numbers", numbers.stream().map(CaseNumber::value).toList())
                .query((row, n) -> new Row(new CaseNumber(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
        Map<String, Person> people =
                persons.all(new HashSet<>(rows.stream().map(Row::person).toList()));
        Map<CaseNumber, String> told = new HashMap<>();
        for (Row row : rows) {
            Shown shown =
                    sights.of(who.roles(), packages.steps(row.hash)).getOrDefault(FieldClass.IDENTITY, Shown.CLOSED);
            Optional.ofNullable(people.get(row.person))
                    .filter(person -> !person.name().isEmpty())
                    .flatMap(person -> told(person, shown, whole))
                    .ifPresent(name -> told.put(row.number, name));
        }
        return told;
    }

    private static Optional<String> told(Person person, Shown shown, boolean whole) {
        if (person.documentType().equals(Persons.CREDIT_CODE) || shown == Shown.OPEN && whole)
            return Optional.of(person.name());
        return shown == Shown.CLOSED ? Optional.empty() : Optional.of(Persons.mask(person.name()));
    }
}
