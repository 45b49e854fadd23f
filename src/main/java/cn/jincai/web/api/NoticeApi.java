package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.review.notice.Notices;
import cn.jincai.review.notice.Objections;
import cn.jincai.web.server.Network;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Public notices 公示 while they run, and objections to them: for anyone, without signing in. */
@RestController
@RequestMapping("/api/notices")
class NoticeApi {
    private final Notices notices;
    private final Objections objections;

    NoticeApi(Notices notices, Objections objections) {
        this.notices = notices;
        this.objections = objections;
    }

    record Objecting(String name, String contact, String text) {}

    record Raised(String number) {}

    @GetMapping
    @PreAuthorize("permitAll()")
    Page<Notices.Notice> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        return notices.running(page, size);
    }

    @GetMapping("/{id}")
    @PreAuthorize("permitAll()")
    Notices.Notice show(@PathVariable long id) {
        return notices.get(id);
    }

    @PostMapping("/{id}/objections")
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201")
    Raised object(
            @Parameter(hidden = true) Optional<Actor> who,
            @PathVariable long id,
            @RequestBody Objecting body,
            HttpServletRequest request) {
        return new Raised(objections.raise(
                who.orElse(null), Network.of(request.getRemoteAddr()), id, body.name(), body.contact(), body.text()));
    }
}
