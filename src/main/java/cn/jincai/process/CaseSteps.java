package cn.jincai.process;

import cn.jincai.applicant.Employers;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseLifecycle;
import cn.jincai.filing.DataChecks;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.review.Decisions;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** {@code cases} in the diagrams: what the way of a case asks of filing. */
@Component("cases")
public class CaseSteps {
    private final CaseLifecycle way;
    private final CaseFile file;
    private final DataChecks checks;
    private final Employers employers;
    private final Decisions decisions;

    private final CaseFacts facts;

    CaseSteps(
            CaseLifecycle way,
            CaseFile file,
            DataChecks checks,
            Employers employers,
            Decisions decisions,
            CaseFacts facts) {
        this.facts = facts;
        this.way = way;
        this.file = file;
        this.checks = checks;
        this.employers = employers;
        this.decisions = decisions;
    }

    public boolean asksEmployer(String caseNumber) {
        return way.asksEmployer(new CaseNumber(caseNumber));
    }

    /** The employer's clerks other than the applicant. */
    public List<String> employerClerks(String caseNumber) {
        Case asked = file.get(new CaseNumber(caseNumber));
        return Stream.ofNullable(asked.employerCode())
                .flatMap(employer -> employers.clerks(employer).stream())
                .filter(clerk -> !clerk.equals(asked.applicant()))
                .toList();
    }

    /** Whether a fact is, or as a list has, this code; {@code true} and {@code false} are written so. What it is stays with filing: the engine learns yes or no. */
    public boolean factIs(String caseNumber, String fact, String code) {
        Object known = facts.effective(file.get(new CaseNumber(caseNumber))).get(fact);
        return known instanceof List<?> list
                ? list.stream().anyMatch(one -> String.valueOf(one).equals(code))
                : String.valueOf(known).equals(code);
    }

    public void employerSilent(String caseNumber) {
        way.employerSilent(new CaseNumber(caseNumber));
    }

    public void acceptedByLapse(String caseNumber) {
        way.acceptedByLapse(new CaseNumber(caseNumber));
    }

    /** Whether the system may accept it, as the scheme says: every document is there and nothing was asked. */
    public boolean isComplete(String caseNumber) {
        return way.isComplete(new CaseNumber(caseNumber));
    }

    public void acceptedAsComplete(String caseNumber) {
        way.acceptedAsComplete(new CaseNumber(caseNumber));
    }

    public boolean goesOnWithoutAnswer(String caseNumber) {
        return checks.goesOnWithoutAnswer(new CaseNumber(caseNumber));
    }

    /** One try at each source that has not answered. @return all have */
    public boolean checkData(String caseNumber) {
        return checks.check(new CaseNumber(caseNumber));
    }

    /** @return something was asked of the applicant, so that the case waits for a supplement */
    public boolean asksApplicant(String caseNumber) {
        return checks.asksApplicant(new CaseNumber(caseNumber));
    }

    /** @param outcome of the last step: {@code not-accepted}, {@code lapsed} and {@code withdrawn} close the case as they are, else it closes as decided */
    public void close(String caseNumber, String outcome) {
        CaseNumber number = new CaseNumber(caseNumber);
        way.close(
                number,
                CaseLifecycle.OUTCOMES.contains(outcome)
                        ? outcome
                        : decisions.of(number).orElseThrow().outcome());
    }
}
