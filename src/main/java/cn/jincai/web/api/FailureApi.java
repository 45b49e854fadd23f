package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.process.failures.CasesStandingStill;
import cn.jincai.process.failures.CasesStandingStill.Lost;
import cn.jincai.process.failures.CasesStandingStill.Whole;
import cn.jincai.process.failures.FailedJob;
import cn.jincai.process.failures.FailedJobs;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Failed jobs and stuck cases, with the reason in words and another try, for whoever watches the application with a program. */
@RestController
@PreAuthorize("hasAuthority('admin')")
@RequestMapping(path = "/api/failures", produces = MediaType.APPLICATION_JSON_VALUE)
class FailureApi {
    private final FailedJobs jobs;
    private final CasesStandingStill still;

    FailureApi(FailedJobs jobs, CasesStandingStill still) {
        this.jobs = jobs;
        this.still = still;
    }

    /** @param jobs ids; missing or empty for all that stand still */
    record Chosen(@Nullable List<String> jobs) {}

    /** @param retried how many are tried again now */
    record Retried(int retried) {}

    /** Jobs that failed: what stands still first. */
    @GetMapping
    Page<FailedJob> failed(
            Actor who, @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return jobs.list(who, Math.min(page, 1_000_000), size);
    }

    /** Cases on their way that nothing carries on. */
    @GetMapping("/cases")
    Page<Lost> cases(
            Actor who, @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return still.lost(who, Math.min(page, 1_000_000), size);
    }

    /** Versions whose cases stand still, and runs that could not be opened. */
    @GetMapping("/schemes")
    List<Whole> schemes() {
        return still.whole();
    }

    /** Tries one again at once. */
    @PostMapping("/{job}/retry")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void retry(Actor who, @PathVariable String job) {
        jobs.retry(who, job);
    }

    /** Tries several again, at most 200 by one call. */
    @PostMapping("/retry")
    Retried retryAll(Actor who, @RequestBody Chosen body) {
        return new Retried(jobs.retryAll(who, body.jobs() == null ? List.of() : body.jobs()));
    }
}
