package cn.jincai.web.api;

import cn.jincai.filing.OwnLines;
import cn.jincai.filing.Rosters;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.review.OwnLineFile;
import cn.jincai.review.notice.Objections;
import cn.jincai.web.server.Network;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The roster of a case: the employees for whom an employer applies. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class RosterApi {
    private final Rosters rosters;
    private final OwnLines own;
    private final OwnLineFile file;
    private final Objections objections;

    RosterApi(Rosters rosters, OwnLines own, OwnLineFile file, Objections objections) {
        this.rosters = rosters;
        this.own = own;
        this.file = file;
        this.objections = objections;
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

    record Raised(String number) {}

    /** The own line of whoever asks in the roster of one case, with what was decided for it and his objections; 404 for whoever is not in it. */
    @GetMapping("/api/lines/{number}")
    @PreAuthorize("hasAuthority('applicant')")
    OwnLineFile.Shown line(Actor who, @PathVariable CaseNumber number) {
        return file.of(who, number);
    }

    /** @param text what he objects to and why */
    record LineObjection(@Nullable String text) {}

    /** An employee objects to what was handed in about him or to what became of it, while the public notice runs; he is answered in his inbox. */
    @PostMapping("/api/lines/{number}/objections")
    @PreAuthorize("hasAuthority('applicant')")
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201")
    Raised object(
            Actor who, @PathVariable CaseNumber number, @RequestBody LineObjection body, HttpServletRequest request) {
        return new Raised(
                objections.raise(who, Network.of(request.getRemoteAddr()), number, Objects.toString(body.text(), "")));
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
