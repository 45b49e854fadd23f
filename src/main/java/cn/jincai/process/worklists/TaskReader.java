package cn.jincai.process.worklists;

import cn.jincai.filing.Ties;
import cn.jincai.kernel.CaseNumber;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever reads lists of tasks, and what is kept from him (rulebook 7.5). Found out once for a page, with a few questions.
 *
 * @param roles       codes of his roles
 * @param shut        cases that concern him, and so is told nothing of; those from which he is recused are asked of the database, as they may be many
 * @param notToTake   of tasks that ask more, those that he may not take
 * @param notToSee    of these, those about cases that are shut to him
 * @param signedSteps steps after which a leader may still sign
 * @param district    a condition on {@code t.case_number} with the account as its one value, where he is bound to districts
 */
public record TaskReader(
        String account,
        Set<String> roles,
        Set<CaseNumber> shut,
        Set<String> notToTake,
        Set<String> notToSee,
        Set<String> signedSteps,
        @Nullable String district) {
    /** That {@code t.case_number} is not shut to him. */
    public Condition open() {
        Condition open = new Condition("true")
                .andNotIn("t.case_number", shut.stream().map(CaseNumber::value).toList())
                .and(Ties.NOT_RECUSED, account);
        return district == null ? open : open.and("(t.case_number is null or " + district + ")", account);
    }
}
