package cn.jincai.process;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.review.ReviewTasks;
import cn.jincai.review.Reviews;
import cn.jincai.review.YearlyPlaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code reviews} in the diagrams. */
@Component("reviews")
public class ReviewSteps {
    private final Reviews reviews;
    private final ReviewTasks reviewTasks;
    private final YearlyPlaces places;

    ReviewSteps(Reviews reviews, ReviewTasks reviewTasks, YearlyPlaces places) {
        this.places = places;
        this.reviews = reviews;
        this.reviewTasks = reviewTasks;
    }

    public boolean leaderAsked(String caseNumber) {
        return reviews.leaderAsked(new CaseNumber(caseNumber));
    }

    public boolean secondAsked(String caseNumber) {
        return reviews.secondAsked(new CaseNumber(caseNumber));
    }

    public boolean panelAsked(String caseNumber) {
        return reviews.panelAsked(new CaseNumber(caseNumber));
    }

    public boolean noticeAsked(String caseNumber) {
        return reviews.noticeAsked(new CaseNumber(caseNumber));
    }

    public boolean grantsMoreThan(String caseNumber, long fen) {
        return reviews.grantsMoreThan(new CaseNumber(caseNumber), fen);
    }

    public boolean grants(String caseNumber, String benefit) {
        return reviews.grants(new CaseNumber(caseNumber), benefit);
    }

    public boolean grantsLevel(String caseNumber, int level) {
        return reviews.grantsLevel(new CaseNumber(caseNumber), level);
    }

    /** Whether the case may be decided: the scheme has no quota, nothing of it is granted, or a place of this year is the case's. */
    public boolean placeFree(String caseNumber) {
        return places.isFree(new CaseNumber(caseNumber));
    }

    /** Tells the applicant the place at which he waits. */
    public void joinsLine(String caseNumber) {
        places.joins(new CaseNumber(caseNumber));
    }

    /** The account of who did this step before, when there and still allowed; null leaves the task to the group. */
    public @Nullable String returnsTo(String caseNumber, String step) {
        return reviewTasks.returnsTo(new CaseNumber(caseNumber), step).orElse(null);
    }
}
