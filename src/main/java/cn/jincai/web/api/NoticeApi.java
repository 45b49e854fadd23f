package cn.jincai.web.api;

import cn.jincai.document.Evidence;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.review.notice.NoticeBoard;
import cn.jincai.review.notice.Notices;
import cn.jincai.review.notice.ObjectionLookUp;
import cn.jincai.review.notice.Objections;
import cn.jincai.web.server.Network;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import org.springframework.web.multipart.MultipartFile;

/** Public notices 公示 while they run, and objections to them: for anyone, without signing in. */
@RestController
@RequestMapping("/api/notices")
class NoticeApi {
    private final Notices notices;
    private final NoticeBoard board;
    private final Objections objections;
    private final ObjectionLookUp lookUps;
    private final Evidence evidence;

    NoticeApi(Notices notices, NoticeBoard board, Objections objections, ObjectionLookUp lookUps, Evidence evidence) {
        this.notices = notices;
        this.board = board;
        this.objections = objections;
        this.lookUps = lookUps;
        this.evidence = evidence;
    }

    record Objecting(String name, String contact, String text) {}

    record LookUp(String number, String code) {}

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
    Objections.Receipt object(
            @Parameter(hidden = true) Optional<Actor> who,
            @PathVariable long id,
            @RequestBody Objecting body,
            HttpServletRequest request) {
        return objections.raise(
                who.orElse(null), Network.of(request.getRemoteAddr()), id, body.name(), body.contact(), body.text());
    }

    /** What was published of one scheme on one day and still runs. */
    @GetMapping("/batches")
    @PreAuthorize("permitAll()")
    List<NoticeBoard.Batch> batches() {
        return board.batches();
    }

    /** Answers to objections, without names. */
    @GetMapping("/{id}/answers")
    @PreAuthorize("permitAll()")
    List<ObjectionLookUp.Published> answers(@PathVariable long id) {
        return lookUps.published(notices.get(id).id());
    }

    /** Whoever objected asks after his objection, with the number and the code that he was told. */
    @PostMapping("/objections/look-up")
    @PreAuthorize("permitAll()")
    ObjectionLookUp.Asked lookUp(@RequestBody LookUp body, HttpServletRequest request) {
        return lookUps.lookUp(
                Network.of(request.getRemoteAddr()),
                Objects.toString(body.number(), ""),
                Objects.toString(body.code(), ""));
    }

    /** A paper handed in with an objection, by whoever has its number and code, until it is answered. */
    @PostMapping(path = "/objections/papers", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @PreAuthorize("permitAll()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204")
    void paper(
            @RequestParam String number,
            @RequestParam String code,
            @RequestParam MultipartFile file,
            HttpServletRequest request)
            throws IOException {
        String from = Network.of(request.getRemoteAddr());
        lookUps.lookUp(from, number, code); // a file is looked at for those alone who may hand it in
        lookUps.count(from, 1);
        lookUps.attach(number, code, file.getOriginalFilename(), evidence.look(file.getInputStream()));
    }
}
