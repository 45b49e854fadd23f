package cn.jincai.assessment.verification;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.rules.Bits;
import cn.jincai.policy.CityPackages;
import java.time.LocalDate;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What is charged to the check of a package are the boxes that were looked at. */
class SearchBudgetTest {
    private static final int WHOLE = 400_000;

    private final Columns columns = new Columns(LocalDate.of(2026, 11, 25), CityPackages.of("skills-award"));
    private final Box any = columns.all(true);
    private final SearchBudget budget = new SearchBudget(columns);

    @Test
    void aQuestionThatNoSearchCanAnswerCostsNoMoreThanWasLookedAt() {
        for (int i = 0; i < 200; i++)
            assertThat(budget.ask(box -> Solver.Step.lost(), any, WHOLE / 100).state())
                    .isEqualTo(Solver.State.UNDECIDED);
        assertThat(budget.unanswered()).as("none for want of boxes").isZero();
        assertThat(budget.ask(Solver.Step::found, any, WHOLE / 100).state()).isEqualTo(Solver.State.FOUND);
    }

    @Test
    void aQuestionIsUnansweredWhereItsOwnLimitWasCutShort() {
        assertThat(budget.ask(box -> wide(box), any, WHOLE).state()).isEqualTo(Solver.State.UNDECIDED);
        assertThat(budget.unanswered()).as("it had its whole limit").isZero();
        assertThat(budget.ask(Solver.Step::found, any, 1).state()).isEqualTo(Solver.State.UNDECIDED);
        assertThat(budget.unanswered()).isEqualTo(1);
    }

    /** More parts than anybody may look at, none of which tells anything of its siblings. */
    private Solver.Step wide(Box box) {
        return box == any ? Solver.Step.split(Collections.nCopies(WHOLE, box.copy()), 1) : Solver.Step.none(Bits.of(1));
    }
}
