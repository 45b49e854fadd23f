package cn.jincai.filing.sight;

import cn.jincai.applicant.Persons;
import cn.jincai.assessment.Facts;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFacts;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What an employer sees of an application of somebody who names it: who it is, where he works and for how long; neither pay nor papers nor the assessment (Personal Information Protection Law, article 6). */
@Component
public class EmployersPart {
    private static final String EMPLOYER = "employer";

    private final Packages packages;

    EmployersPart(Packages packages) {
        this.packages = packages;
    }

    /** One thing that the employer is asked to confirm. */
    public record Said(Scheme.Fact fact, Object value) {}

    /** As it stands in a list, where nobody has opened the application yet. */
    public record Row(String maskedName, List<Said> said) {}

    public Row row(Case file) {
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        List<Said> said = facts(scheme)
                .flatMap(fact -> Facts.readOne(
                                scheme, fact.name(), file.answers().get(fact.name()))
                        .stream()
                        .map(value -> new Said(fact, value)))
                .toList();
        return new Row(Persons.mask(file.answer("name")), said);
    }

    /** Those of the answers that are the employer's to read. */
    public ObjectNode answers(Case file) {
        ObjectNode part = file.answers().objectNode();
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Stream.concat(
                        Stream.of("name", "employerCode", "employerName"),
                        facts(scheme).map(Scheme.Fact::name))
                .filter(file.answers()::has)
                .forEach(k -> part.set(k, file.answers().get(k)));
        return part;
    }

    private static Stream<Scheme.Fact> facts(Scheme scheme) {
        return scheme.facts().stream()
                .filter(f -> f.source().equals(EMPLOYER) || f.source().equals(CaseFacts.APPLICANT))
                .filter(f -> f.type() == Scheme.Type.INTEGER || f.source().equals(EMPLOYER));
    }
}
