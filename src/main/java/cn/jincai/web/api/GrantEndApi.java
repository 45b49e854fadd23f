package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.payment.EndsTakenBack;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Objects;
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

/** Ends of grants that rested on a source's error, and are taken back by two officers. */
@RestController
@RequestMapping(path = "/api/cases/{number}/ends", produces = MediaType.APPLICATION_JSON_VALUE)
class GrantEndApi {
    private final EndsTakenBack ends;

    GrantEndApi(EndsTakenBack ends) {
        this.ends = ends;
    }

    /** @param why what shows that the end rested on an error, or why it stays */
    record Words(@Nullable String why) {}

    /** What was asked and decided, the latest last. */
    @GetMapping
    @PreAuthorize(
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'supervisor', 'finance', 'finance-approver', 'auditor')")
    List<EndsTakenBack.Asked> of(Actor who, @PathVariable CaseNumber number) {
        return ends.of(who, number);
    }

    /** Asks that the end of this benefit be taken back; the leader decides. */
    @PostMapping("/{benefit}")
    @PreAuthorize("hasAnyAuthority('reviewer', 'senior-reviewer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void propose(Actor who, @PathVariable CaseNumber number, @PathVariable String benefit, @RequestBody Words body) {
        ends.propose(who, number, benefit, Objects.toString(body.why(), ""));
    }

    /** Takes the end back: the grant is paid again, with the months in between, and the person is told by a numbered document. */
    @PostMapping("/{benefit}/approval")
    @PreAuthorize("hasAuthority('leader')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void approve(Actor who, @PathVariable CaseNumber number, @PathVariable String benefit) {
        ends.approve(who, number, benefit);
    }

    /** The end stays, with the reason. */
    @PostMapping("/{benefit}/refusal")
    @PreAuthorize("hasAuthority('leader')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void decline(Actor who, @PathVariable CaseNumber number, @PathVariable String benefit, @RequestBody Words body) {
        ends.decline(who, number, benefit, Objects.toString(body.why(), ""));
    }
}
