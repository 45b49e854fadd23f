package cn.jincai.review;

import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.filing.Case;
import cn.jincai.filing.OpenCases;
import cn.jincai.kernel.Problem;
import org.springframework.stereotype.Component;

/** Before anything is granted, who the person is has to be settled (rulebook 7.10). To refuse, it need not. */
@Component
class SettledPerson {
    private final Likenesses likenesses;
    private final OpenCases open;

    SettledPerson(Likenesses likenesses, OpenCases open) {
        this.likenesses = likenesses;
        this.open = open;
    }

    /** @throws Problem CONFLICT where another document may be his and nobody has judged it, or where a case of his for the same thing was sent before this one */
    void mustBe(Case file) {
        if (likenesses.isOpen(file.person())) throw Problem.conflict("review.LIKENESS_OPEN");
        open.before(file).ifPresent(first -> {
            throw Problem.conflict("review.EARLIER_CASE_OPEN", first);
        });
    }
}
