package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.policy.Publication;
import cn.jincai.process.versions.MoveTrial;
import cn.jincai.process.versions.MovedCase;
import cn.jincai.process.versions.VersionMove;
import cn.jincai.process.versions.VersionMoves;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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

/** Running cases and a new version of their scheme 在办件转版: tried, proposed by one, approved by another, undone as a whole. */
@RestController
@RequestMapping(path = "/api/version-moves", produces = MediaType.APPLICATION_JSON_VALUE)
class VersionMoveApi {
    private static final String READERS = "hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')";
    private static final String ADMIN = "hasAuthority('policy-admin')";
    private static final String DECIDERS = "hasAnyAuthority('policy-admin', 'policy-approver')";
    private static final String APPROVER = "hasAuthority('policy-approver')";

    private final VersionMoves moves;
    private final MoveTrial trial;
    private final Publication publication;

    VersionMoveApi(VersionMoves moves, MoveTrial trial, Publication publication) {
        this.moves = moves;
        this.trial = trial;
        this.publication = publication;
    }

    /** @param rule {@code keep}, {@code move} or {@code ask-again} */
    record Proposing(String scheme, String from, String to, String rule, String reason) {}

    record Declining(String reason) {}

    record CallingOff(String reason) {}

    /** @param goneOn moved cases that have gone on since: while there is one, nothing can be undone */
    record Shown(VersionMove move, VersionMoves.Progress progress, VersionMoves.GoneOn goneOn) {}

    @GetMapping
    @PreAuthorize(READERS)
    Page<VersionMove> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return moves.list(Math.min(page, 1_000_000), size);
    }

    /** What would come of it: nothing is changed. */
    @GetMapping("/trial")
    @PreAuthorize(READERS)
    MoveTrial.Trial tryOut(
            @RequestParam String scheme,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam String rule) {
        return trial.of(
                publication.version(scheme, from).hash(),
                publication.version(scheme, to).hash(),
                VersionMove.Rule.of(rule));
    }

    @PostMapping
    @PreAuthorize(ADMIN)
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201")
    VersionMove propose(Actor who, @RequestBody Proposing body) {
        return moves.propose(
                body.scheme(), body.from(), body.to(), VersionMove.Rule.of(body.rule()), body.reason(), who);
    }

    @GetMapping("/{move}")
    @PreAuthorize(READERS)
    Shown show(Actor who, @PathVariable long move) {
        VersionMove found = moves.find(move);
        return new Shown(found, moves.progress(move), moves.goneOn(found, who));
    }

    /** Its cases, each with what became of it and why; without the number of one that concerns the reader. */
    @GetMapping("/{move}/cases")
    @PreAuthorize(READERS)
    Page<MovedCase> cases(
            Actor who,
            @PathVariable long move,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        return moves.cases(moves.find(move), who, Math.min(page, 1_000_000), size);
    }

    @PostMapping("/{move}/approve")
    @PreAuthorize(APPROVER)
    VersionMove approve(Actor who, @PathVariable long move) {
        moves.approve(move, who);
        return moves.find(move);
    }

    @PostMapping("/{move}/decline")
    @PreAuthorize(APPROVER)
    VersionMove decline(Actor who, @PathVariable long move, @RequestBody Declining body) {
        moves.decline(move, body.reason(), who);
        return moves.find(move);
    }

    @PostMapping("/{move}/withdraw")
    @PreAuthorize(ADMIN)
    VersionMove withdraw(Actor who, @PathVariable long move) {
        moves.withdraw(move, who);
        return moves.find(move);
    }

    /** What was approved does not take place: by one of the two, as long as it has not begun. */
    @PostMapping("/{move}/call-off")
    @PreAuthorize(DECIDERS)
    VersionMove callOff(Actor who, @PathVariable long move, @RequestBody CallingOff body) {
        moves.callOff(move, body.reason(), who);
        return moves.find(move);
    }

    @PostMapping("/{move}/undo")
    @PreAuthorize(APPROVER)
    VersionMove undo(Actor who, @PathVariable long move) {
        moves.undo(move, who);
        return moves.find(move);
    }
}
