package cn.jincai.filing;

import cn.jincai.applicant.Persons;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Packages;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One open case of one person for one thing, under whatever document (rulebook 7.10). */
@Component
public class OpenCases {
    private final CaseTable cases;
    private final Persons persons;
    private final Packages packages;

    OpenCases(CaseTable cases, Persons persons, Packages packages) {
        this.cases = cases;
        this.persons = persons;
        this.packages = packages;
    }

    /** Those of this person for the same thing, the first that was sent first. */
    List<Case> forTheSame(String person, String scheme, String packageHash, ObjectNode answers) {
        List<String> thing = packages.byHash(packageHash).catalogue().sameThing();
        return cases.open(persons.documents(person), scheme).stream()
                .filter(open -> thing.stream()
                        // as text: a number read from the database and one just typed are nodes of different kinds
                        .allMatch(k -> open.answers()
                                .path(k)
                                .toString()
                                .equals(answers.path(k).toString())))
                .toList();
    }

    /** How many of the scheme arrived before this case and are still undecided; of the same instant the lower number is first. */
    public long undecidedBefore(Case file) {
        return cases.undecidedBefore(file);
    }

    /** One that was sent before this case, where their persons turned out to be one since. */
    public Optional<CaseNumber> before(Case file) {
        if (persons.documents(file.person()).size() == 1) return Optional.empty(); // seen to when it was sent
        return forTheSame(file.person(), file.scheme(), file.packageHash(), file.answers()).stream()
                .map(Case::number)
                .findFirst()
                .filter(first -> !first.equals(file.number()));
    }
}
