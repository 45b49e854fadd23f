package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import cn.jincai.revision.Change;
import cn.jincai.revision.Revision;
import cn.jincai.revision.Revisions;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What comes after the decision of a case. */
@RestController
@RequestMapping(path = "/api/cases/{number}/revisions", produces = MediaType.APPLICATION_JSON_VALUE)
class RevisionApi {
    private final Revisions revisions;

    RevisionApi(Revisions revisions) {
        this.revisions = revisions;
    }

    /** One matter, as officers read it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Matter(
            String kind,
            String reason,
            Text basis,
            String words,
            Change change,
            String begunBy,
            Instant begunAt,
            boolean hearing,
            @Nullable String outcome,
            @Nullable Instant endedAt,
            @Nullable Long document,
            @Nullable String documentNumber,
            List<Said> said) {
        static Matter of(Revision r) {
            return new Matter(
                    r.kind().code(),
                    r.reason(),
                    r.basis(),
                    r.words(),
                    r.change(),
                    r.begunBy(),
                    r.begunAt(),
                    r.hearing(),
                    r.outcome() == null ? null : r.outcome().code(),
                    r.endedAt(),
                    r.document(),
                    r.documentNumber(),
                    r.said().stream()
                            .map(s -> new Said(s.step(), s.account(), s.outcome(), s.words(), s.at()))
                            .toList());
        }
    }

    /** What somebody said at a step. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Said(
            String step,
            String account,
            String outcome,
            @Nullable String words,
            Instant at) {}

    /** What came after the decision, the latest last. */
    @GetMapping
    @PreAuthorize(
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'supervisor', 'finance', 'finance-approver', 'auditor')")
    List<Matter> of(Actor who, @PathVariable CaseNumber number) {
        return revisions.of(who, number).stream().map(Matter::of).toList();
    }

    /** Begins one; it goes by a diagram of its own, and its tasks wait for others than who began it. */
    @PostMapping
    @PreAuthorize("hasAnyAuthority('reviewer', 'senior-reviewer', 'supervisor')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void begin(Actor who, @PathVariable CaseNumber number, @RequestBody Revisions.Asked body) {
        revisions.begin(who, number, body);
    }
}
