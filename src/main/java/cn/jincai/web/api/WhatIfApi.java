package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Publication;
import cn.jincai.simulation.WhatIf;
import cn.jincai.simulation.WhatIfResult;
import cn.jincai.simulation.WhatIfs;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What if another package held: asked now, answered when it is done. */
@RestController
@RequestMapping("/api/what-if")
class WhatIfApi {

    private final WhatIfs whatIfs;
    private final WhatIfOutcome outcome;
    private final Publication publication;

    WhatIfApi(WhatIfs whatIfs, WhatIfOutcome outcome, Publication publication) {
        this.whatIfs = whatIfs;
        this.outcome = outcome;
        this.publication = publication;
    }

    /**
     * A run with all that is known of it.
     *
     * @param result null before it is over
     * @param smallGroupsHidden numbers that stand for fewer than five real people, and what they could be reckoned from, are null
     * @param funds  what each fund pays by year, beside its budget line
     * @param cases  typical cases of each kind of change
     */
    record Answer(
            @JsonUnwrapped WhatIf run,
            int percent,
            boolean smallGroupsHidden,
            @Nullable WhatIfResult result,
            List<WhatIfOutcome.FundYear> funds,
            List<WhatIfResult.Case> cases) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @PreAuthorize(WhatIfOutcome.ASKERS)
    @ApiResponse(responseCode = "202")
    ResponseEntity<Answer> ask(Actor who, @RequestBody WhatIfs.Asked asked) {
        return accepted(whatIfs.ask(asked, who));
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @PreAuthorize("hasAuthority('policy-admin')")
    @ApiResponse(responseCode = "202")
    ResponseEntity<Answer> upload(
            Actor who,
            @RequestParam MultipartFile file,
            @RequestParam(required = false) WhatIf.Over population,
            @RequestParam(required = false) Long people,
            @RequestParam(required = false) Long seed,
            @RequestParam(required = false) LocalDate from,
            @RequestParam(required = false) LocalDate to)
            throws IOException {
        Publication.Upload upload = publication.tryOut(file.getBytes(), who);
        if (!upload.isKept()) throw Problem.invalid(upload.mistakes());
        return accepted(whatIfs.ask(
                new WhatIfs.Asked(upload.scheme(), upload.hash(), null, null, population, people, seed, from, to),
                who));
    }

    private ResponseEntity<Answer> accepted(WhatIf run) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/what-if/" + run.id()))
                .body(new Answer(run, 0, false, null, List.of(), List.of()));
    }

    @GetMapping
    @PreAuthorize(WhatIfOutcome.READERS)
    List<WhatIf> latest(Actor who) {
        return whatIfs.latest(who);
    }

    @GetMapping("/{id}")
    @PreAuthorize(WhatIfOutcome.READERS)
    Answer show(Actor who, @PathVariable String id) {
        WhatIfs.View view = whatIfs.view(id, who);
        return new Answer(
                view.run(),
                view.run().percent(),
                view.hidden(),
                view.result(),
                view.result() == null ? List.of() : outcome.funds(view.result()),
                whatIfs.cases(view));
    }

    @GetMapping("/{id}/cases/{n}/explanation")
    @PreAuthorize(WhatIfOutcome.READERS)
    WhatIfResult.Explanations explain(Actor who, @PathVariable String id, @PathVariable int n) {
        return whatIfs.explain(whatIfs.view(id, who), n);
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @PreAuthorize(WhatIfOutcome.READERS)
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = WhatIfOutcome.Progress.class)))
    SseEmitter events(Actor who, @PathVariable String id) {
        return outcome.events(id, who);
    }

    @GetMapping("/{id}/result.csv")
    @PreAuthorize(WhatIfOutcome.READERS)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    ResponseEntity<byte[]> csv(Actor who, @PathVariable String id) {
        return outcome.csv(whatIfs.view(id, who)).orElseThrow(() -> Problem.conflict("web.whatIf.NOT_OVER"));
    }

    @DeleteMapping("/{id}")
    @PreAuthorize(WhatIfOutcome.ASKERS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void cancel(Actor who, @PathVariable String id) {
        whatIfs.cancel(id, who);
    }
}
