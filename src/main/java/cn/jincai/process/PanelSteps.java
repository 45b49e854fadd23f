package cn.jincai.process;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.review.Panels;
import cn.jincai.review.Reviews;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code panel} in the diagrams. */
@Component("panel")
public class PanelSteps {
    private final Panels panels;
    private final Reviews reviews;

    PanelSteps(Panels panels, Reviews reviews) {
        this.panels = panels;
        this.reviews = reviews;
    }

    /** The accounts of those drawn for the first round. */
    public List<String> draw(String caseNumber) {
        CaseNumber number = new CaseNumber(caseNumber);
        return new ArrayList<>(panels.draw(number, reviews.panelLevel(number)));
    }

    public List<String> drawAgain(String caseNumber) {
        return new ArrayList<>(panels.drawAgain(new CaseNumber(caseNumber)));
    }

    /** @return a majority was reached */
    public boolean closeRound(String caseNumber) {
        return !panels.close(new CaseNumber(caseNumber)).equals("undecided");
    }
}
