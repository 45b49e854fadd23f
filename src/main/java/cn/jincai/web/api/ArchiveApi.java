package cn.jincai.web.api;

import cn.jincai.assessment.explanation.Explained;
import cn.jincai.filing.archive.Archive;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The assessments that a case used: kept, explained, computed again. */
@RestController
@RequestMapping(path = "/api/cases/{number}/assessments", produces = MediaType.APPLICATION_JSON_VALUE)
class ArchiveApi {
    private final Archive archive;

    ArchiveApi(Archive archive) {
        this.archive = archive;
    }

    @GetMapping
    @PreAuthorize("isAuthenticated()")
    List<Archive.Kept> all(Actor who, @PathVariable CaseNumber number) {
        return archive.of(who, number);
    }

    @GetMapping("/{n}/explanation")
    @PreAuthorize("isAuthenticated()")
    Explained explain(Actor who, @PathVariable CaseNumber number, @PathVariable int n) {
        return archive.explain(who, number, n);
    }

    @GetMapping("/{n}/replay")
    @PreAuthorize("isAuthenticated()")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "409")
    ResponseEntity<Object> replay(Actor who, @PathVariable CaseNumber number, @PathVariable int n) {
        Archive.Replay replay = archive.replay(who, number, n);
        if (replay.differences().isEmpty()) return ResponseEntity.ok(replay.answer());
        return ResponseEntity.status(409).body(Map.of("differences", replay.differences()));
    }
}
