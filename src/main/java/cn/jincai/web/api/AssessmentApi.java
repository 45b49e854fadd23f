package cn.jincai.web.api;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.kernel.Problem;
import cn.jincai.planning.AllSchemes;
import cn.jincai.web.server.RateLimited;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Would this case be granted, how much, and why: asked by anybody, kept by nobody. */
@RestController
class AssessmentApi {
    /** Bytes of a request; all facts of a scheme take less than a hundredth of it. */
    private static final int LARGEST = 1 << 20;

    private final AssessmentCall call;
    private final AllSchemes all;

    AssessmentApi(AssessmentCall call, AllSchemes all) {
        this.call = call;
        this.all = all;
    }

    /** Only for the description: a request is read field by field, so that every mistake is named. */
    record Asked(String scheme, LocalDate applicationDate, Map<String, Object> facts) {}

    /** The same of a scheme with a roster. */
    record AskedWithLines(
            String scheme, LocalDate applicationDate, Map<String, Object> facts, List<Map<String, Object>> lines) {}

    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AskedWithLines.class)))
    @PreAuthorize("permitAll()")
    @PostMapping(path = "/api/assessments", produces = MediaType.APPLICATION_JSON_VALUE)
    Assessment assess(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return call.answer(body(request));
    }

    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Asked.class)))
    @PreAuthorize("permitAll()")
    @RateLimited
    @PostMapping(path = "/api/assessments/explanation", produces = MediaType.APPLICATION_JSON_VALUE)
    Explained explain(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return call.explain(body(request));
    }

    record AskedAll(LocalDate applicationDate, Map<String, Object> facts, String period) {}

    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AskedAll.class)))
    @PreAuthorize("permitAll()")
    @RateLimited
    @PostMapping(path = "/api/assessments/all", produces = MediaType.APPLICATION_JSON_VALUE)
    AllSchemes.Answer assessAll(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return all.of(call.person(body(request)));
    }

    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Asked.class)))
    @PreAuthorize("permitAll()")
    @RateLimited
    @PostMapping(path = "/api/assessments/next-question", produces = MediaType.APPLICATION_JSON_VALUE)
    NextQuestion.Next next(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return call.next(body(request));
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) throw Problem.of(Problem.Kind.TOO_LARGE, "web.assessment.TOO_LARGE");
        return body;
    }
}
