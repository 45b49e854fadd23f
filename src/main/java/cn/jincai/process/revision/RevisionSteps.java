package cn.jincai.process.revision;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.revision.CarryingOut;
import org.springframework.stereotype.Component;

/** {@code revisions} in the diagrams. */
@Component("revisions")
public class RevisionSteps {
    private final CarryingOut carryingOut;

    RevisionSteps(CarryingOut carryingOut) {
        this.carryingOut = carryingOut;
    }

    /** Lets the person be heard on it from now on, or no longer. */
    public void hear(String caseNumber, boolean open) {
        carryingOut.hear(new CaseNumber(caseNumber), open);
    }

    /** Does what was signed, and issues its numbered document. */
    public void carryOut(String caseNumber) {
        carryingOut.carryOut(new CaseNumber(caseNumber));
    }

    /** Nothing comes of it: the decision stays as it is. */
    public void drop(String caseNumber) {
        carryingOut.drop(new CaseNumber(caseNumber));
    }
}
