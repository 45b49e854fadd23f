package cn.jincai.review.standing;

import cn.jincai.kernel.CaseNumber;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was granted and still holds. That it holds no more is written beside what was decided, which stays as it was signed. */
@Component
public class StandingGrants {
    private final JdbcClient db;

    StandingGrants(JdbcClient db) {
        this.db = db;
    }

    /** A benefit in force. @param level null where the benefit has none */
    public record Grant(
            String benefit, LocalDate decidedOn, @Nullable Integer level) {}

    /** Those of a case that were granted, and neither given up, revoked nor ended, in the order of the decision. */
    public List<Grant> of(CaseNumber number) {
        return db.sql(
                        "select benefit, decided_on, level from decided_benefits where case_number = ? and outcome = 'granted' and not given_up and ended_on is null order by id")
                .param(number.value())
                .query(Grant.class)
                .list();
    }

    /** From now on it counts as never granted: own records don't tell of it any more. */
    public void revoke(CaseNumber number, String benefit, LocalDate on) {
        db.sql("update decided_benefits set given_up = true, revoked_on = ? where case_number = ? and benefit = ?")
                .params(on, number.value(), benefit)
                .update();
    }

    /** It was granted rightly and ends before its time. @param lastDay in force */
    public void end(CaseNumber number, String benefit, LocalDate lastDay) {
        db.sql(
                        "update decided_benefits set ended_on = ?, ended_amount_fen = amount_fen where case_number = ? and benefit = ?")
                .params(lastDay, number.value(), benefit)
                .update();
    }

    /** Cases of a scheme in which one of these benefits was granted on or before a day and is in force on another. */
    public List<CaseNumber> decidedBefore(String scheme, List<String> benefits, LocalDate last, LocalDate today) {
        return db.sql("""
                select distinct case_number from decided_benefits where scheme = :scheme and benefit in (:benefits) and outcome = 'granted' and not given_up
                and ended_on is null and (valid_until is null or valid_until > :today) and decided_on <= :last order by case_number""")
                .param("scheme", scheme)
                .param("benefits", benefits)
                .param("last", last)
                .param("today", today)
                .query((row, n) -> new CaseNumber(row.getString(1)))
                .list();
    }
}
