package cn.jincai.review.notice;

import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of notices and objections: the employer as the applicant wrote it, who objected, and what was said. */
@Component
class NoticeSeals implements SealedColumns {
    static final SealedColumn
            EMPLOYER = SealedColumn.of("notice.employer", "notices", "sealed_employer", "case_number", "row_key"),
            OBJECTOR = SealedColumn.of("objection.objector", "objections", "sealed_objector", "case_number", "row_key"),
            CONTACT = SealedColumn.of("objection.contact", "objections", "sealed_contact", "case_number", "row_key"),
            OBJECTION = SealedColumn.of("objection.words", "objections", "sealed_words", "case_number", "row_key"),
            OBJECTION_ANSWER =
                    SealedColumn.of("objection.answer", "objections", "sealed_answer", "case_number", "row_key"),
            PUBLISHED =
                    SealedColumn.of("objection.published", "objections", "sealed_published", "case_number", "row_key");

    @Override
    public List<SealedColumn> columns() {
        return List.of(EMPLOYER, OBJECTOR, CONTACT, OBJECTION, OBJECTION_ANSWER, PUBLISHED);
    }
}
