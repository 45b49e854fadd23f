package cn.jincai.review;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a case comes to now: the last review's statement, less the levels that a panel has refused. */
@Component
class CurrentJudgement {
    private final CaseFile cases;
    private final Opinions opinions;
    private final Judgement judgement;
    private final Panels panels;

    CurrentJudgement(CaseFile cases, Opinions opinions, Judgement judgement, Panels panels) {
        this.cases = cases;
        this.opinions = opinions;
        this.judgement = judgement;
        this.panels = panels;
    }

    List<DecidedBenefit> of(CaseNumber number) {
        return result(number).benefits();
    }

    Judgement.Result result(CaseNumber number) {
        Case file = cases.get(number);
        Optional<Opinion> last = opinions.lastReview(file);
        Set<Integer> levels = panels.refusedLevels(number);
        if (last.isEmpty()) return judgement.of(file, Statement.NONE, levels);
        if (last.get().outcome().equals("reject")) return judgement.refusingAll(file, levels);
        return judgement.of(file, Statement.of(last.get()), levels);
    }
}
