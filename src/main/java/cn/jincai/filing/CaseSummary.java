package cn.jincai.filing;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Step;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;

/** A row of a list of cases. It names nobody. */
public record CaseSummary(
        CaseNumber number,
        String scheme,
        String stage,
        String outcome,
        Instant createdAt,
        Instant submittedAt,
        LocalDate promisedBy,
        Promise promise,
        boolean asked,
        boolean sample,
        @JsonIgnore Step step) {
    static CaseSummary of(Case file, boolean asked, Promise promise) {
        return new CaseSummary(
                file.number(),
                file.scheme(),
                file.stage().code(),
                file.outcome(),
                file.createdAt(),
                file.submittedAt(),
                file.promisedBy(),
                promise,
                asked || file.accountAsked() != null,
                file.sample(),
                file.stage().step());
    }
}
