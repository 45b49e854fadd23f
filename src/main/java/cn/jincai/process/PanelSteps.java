package cn.jincai.process;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.review.Panels;
import cn.jincai.review.Reviews;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code panel} in the diagrams. */
@Component("panel")
public class PanelSteps {
    private final Panels panels;
    private final Reviews reviews;
    private final Limits limits;

    PanelSteps(Panels panels, Reviews reviews, Limits limits) {
        this.panels = panels;
        this.reviews = reviews;
        this.limits = limits;
    }

    /** The accounts of those drawn for the first round. */
    public List<String> draw(String caseNumber) {
        CaseNumber number = new CaseNumber(caseNumber);
        return new ArrayList<>(panels.draw(number, reviews.panelLevel(number)));
    }

    public List<String> drawAgain(String caseNumber) {
        return new ArrayList<>(panels.drawAgain(new CaseNumber(caseNumber)));
    }

    /** Whether the draw has another for the seat of an expert who was silent or recused himself. */
    public boolean hasSuccessor(String caseNumber, String expert) {
        return panels.hasSuccessor(new CaseNumber(caseNumber), expert);
    }

    /** @return the account of whoever follows on the seat */
    public String successor(String caseNumber, String expert) {
        return panels.successor(new CaseNumber(caseNumber), expert);
    }

    /** The round's last day, whoever was asked first in it. @param days working days of the round */
    public Date due(String caseNumber, int days) {
        return limits.workingDays(panels.roundBegan(new CaseNumber(caseNumber)), days);
    }

    /** @return a majority was reached */
    public boolean closeRound(String caseNumber) {
        return !panels.close(new CaseNumber(caseNumber)).equals("undecided");
    }
}
