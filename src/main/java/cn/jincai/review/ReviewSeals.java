package cn.jincai.review;

import cn.jincai.applicant.SealedColumn;
import cn.jincai.applicant.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of reviews, objections and decisions. */
@Component
class ReviewSeals implements SealedColumns {
    static final SealedColumn OPINION = SealedColumn.of("opinion.words", "opinions", "words", "number", "task"),
            VOTE = SealedColumn.of("vote.words", "panel_seats", "words", "panel", "account"),
            OBJECTOR = SealedColumn.of("objection.objector", "objections", "objector", "number", "row_key"),
            CONTACT = SealedColumn.of("objection.contact", "objections", "contact", "number", "row_key"),
            OBJECTION = SealedColumn.of("objection.words", "objections", "words", "number", "row_key"),
            OBJECTION_ANSWER = SealedColumn.of("objection.answer", "objections", "answer", "number", "row_key"),
            DECIDED_FACTS = SealedColumn.of("decision.facts", "decided_benefits", "facts", "number", "benefit"),
            GROUNDS = SealedColumn.of("decision.grounds", "decided_benefits", "grounds", "number", "benefit");

    @Override
    public List<SealedColumn> columns() {
        return List.of(OPINION, VOTE, OBJECTOR, CONTACT, OBJECTION, OBJECTION_ANSWER, DECIDED_FACTS, GROUNDS);
    }
}
