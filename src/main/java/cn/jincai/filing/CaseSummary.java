package cn.jincai.filing;

import cn.jincai.filing.deadlines.Promise;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.policy.Step;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A row of a list of cases. It names nobody. */
public record CaseSummary(
        CaseNumber number,
        String scheme,
        String stage,
        @Nullable String outcome,
        Instant createdAt,
        @Nullable Instant submittedAt,
        @Nullable LocalDate promisedBy,
        @Nullable Promise promise,
        boolean asked,
        boolean sample,
        @JsonIgnore Step step) {
    static CaseSummary of(Case file, boolean asked, @Nullable Promise promise) {
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
