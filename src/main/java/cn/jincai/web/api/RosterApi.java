package cn.jincai.web.api;

import cn.jincai.filing.OwnLines;
import cn.jincai.filing.Rosters;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The roster of a case: the employees for whom an employer applies. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class RosterApi {
    private final Rosters rosters;
    private final OwnLines own;

    RosterApi(Rosters rosters, OwnLines own) {
        this.rosters = rosters;
        this.own = own;
    }

    /** @param lines of each employee his {@code name} and the facts that the scheme's roster names, at most 1000 */
    record Roster(@Nullable JsonNode lines) {}

    /** Only for the description. */
    record Described(List<Map<String, Object>> lines) {}

    record Kept(int lines) {}

    /** Hands in the whole roster of a draft, instead of the one before; every mistake is told with its line ({@code lines[3].identityNumber}). */
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Described.class)))
    @PutMapping("/api/cases/{number}/lines")
    @PreAuthorize("hasAuthority('employer')")
    Kept put(Actor who, @PathVariable CaseNumber number, @RequestBody Roster body) {
        return new Kept(rosters.put(who, number, body.lines()));
    }

    /** What employers have handed in about whoever asks: his own lines alone, the latest first. */
    @GetMapping("/api/lines")
    @PreAuthorize("hasAuthority('applicant')")
    List<OwnLines.OwnLine> own(Actor who) {
        return own.of(who);
    }

    /** Some lines with what the rules say of each. Numbers of identity cards are masked for officers whose steps do not need them. */
    @GetMapping("/api/cases/{number}/lines")
    @PreAuthorize("isAuthenticated()")
    Page<Rosters.ShownLine> page(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        return rosters.page(who, number, page, size);
    }
}
