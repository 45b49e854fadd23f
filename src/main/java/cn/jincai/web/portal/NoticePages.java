package cn.jincai.web.portal;

import cn.jincai.document.Evidence;
import cn.jincai.document.InspectedFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.review.notice.NoticeBoard;
import cn.jincai.review.notice.Notices;
import cn.jincai.review.notice.ObjectionLookUp;
import cn.jincai.review.notice.Objections;
import cn.jincai.web.problem.Refusal;
import cn.jincai.web.server.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Public notices while they run, and objections by name, for anybody. */
@Controller
class NoticePages {
    private static final Logger log = LoggerFactory.getLogger(NoticePages.class);

    private final Notices notices;
    private final NoticeBoard board;
    private final Objections objections;
    private final ObjectionLookUp lookUps;
    private final Evidence evidence;
    private final NoticeFeed feed;
    private final CityClock clock;

    NoticePages(
            Notices notices,
            NoticeBoard board,
            Objections objections,
            ObjectionLookUp lookUps,
            Evidence evidence,
            NoticeFeed feed,
            CityClock clock) {
        this.notices = notices;
        this.board = board;
        this.objections = objections;
        this.lookUps = lookUps;
        this.evidence = evidence;
        this.feed = feed;
        this.clock = clock;
    }

    @GetMapping("/notices")
    @PreAuthorize("permitAll()")
    String list(@RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("notices", notices.running(page, 20)).addAttribute("batches", board.batches());
        return "public/notices";
    }

    @GetMapping("/notices/batches/{scheme}/{day}")
    @PreAuthorize("permitAll()")
    String batch(
            @PathVariable String scheme,
            @PathVariable String day,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        if (!day.matches("\\d{4}-\\d{2}-\\d{2}")) throw Problem.notFound();
        LocalDate from;
        try {
            from = LocalDate.parse(day);
        } catch (DateTimeException noDay) {
            throw Problem.notFound();
        }
        model.addAttribute("notices", board.batch(scheme, from, page, 100))
                .addAttribute("path", "/notices/batches/" + scheme + "/" + from);
        return "public/notice-batch";
    }

    /** Nothing keeps a copy of it: what is removed is removed. */
    @GetMapping("/notices/feed")
    @PreAuthorize("permitAll()")
    ResponseEntity<byte[]> feed(@RequestParam(defaultValue = "0") int page, HttpServletRequest request) {
        Page<Notices.Notice> shown = notices.running(page, 50);
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "atom+xml", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(feed.of(
                        shown,
                        shown.page() == 0 ? board.removed() : List.of(),
                        clock.today(),
                        request.getContextPath(),
                        LocaleContextHolder.getLocale()));
    }

    @GetMapping("/notices/objections")
    @PreAuthorize("permitAll()")
    String askAfter() {
        return "public/objection";
    }

    @PostMapping("/notices/objections")
    @PreAuthorize("permitAll()")
    String askAfter(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            model.addAttribute("asked", lookUps.lookUp(Network.of(request.getRemoteAddr()), number, code))
                    .addAttribute("code", code);
        } catch (Problem problem) {
            response.setStatus(
                    problem.kind() == Problem.Kind.TOO_MANY
                            ? HttpStatus.TOO_MANY_REQUESTS.value()
                            : HttpStatus.NOT_FOUND.value());
            model.addAttribute("mistakes", List.of(new Problem.Mistake("number", problem.code(), problem.text())))
                    .addAttribute("typed", number);
        }
        return "public/objection";
    }

    @GetMapping("/notices/{id}")
    @PreAuthorize("permitAll()")
    String show(@PathVariable long id, Model model) {
        model.addAttribute("notice", notices.get(id)).addAttribute("published", lookUps.published(id));
        return "public/notice";
    }

    @PostMapping("/notices/{id}")
    @PreAuthorize("permitAll()")
    String object(
            Optional<Actor> who,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable List<MultipartFile> file,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash)
            throws IOException {
        try {
            String from = Network.of(request.getRemoteAddr());
            objections.mustRun(id); // a file is looked at for a notice that runs
            objections.check(name, contact, text);
            Map<MultipartFile, InspectedFile> papers = looked(from, file);
            Objections.Receipt receipt = objections.raise(who.orElse(null), from, id, name, contact, text);
            flash.addFlashAttribute("raised", receipt);
            flash.addFlashAttribute("mistakes", attached(receipt, papers));
            return "redirect:/notices/" + id;
        } catch (Problem problem) {
            if (problem.code().equals(Objections.NOTICE_OVER)) throw problem; // its page is gone
            model.addAttribute("mistakes", mistakes(problem, response));
            model.addAttribute("typed", Map.of("name", name, "contact", contact, "text", text));
            return show(id, model);
        }
    }

    /** Before anything is written: a file that can't be kept refuses the whole, and what was typed stays. */
    private Map<MultipartFile, InspectedFile> looked(String from, @Nullable List<MultipartFile> files)
            throws IOException {
        Map<MultipartFile, InspectedFile> looked = new LinkedHashMap<>();
        if (files == null) return looked;
        List<MultipartFile> chosen = files.stream().filter(f -> !f.isEmpty()).toList();
        if (chosen.size() > ObjectionLookUp.PAPERS)
            throw Problem.invalid("file", "review.objection.PAPERS_FULL", ObjectionLookUp.PAPERS);
        lookUps.count(from, chosen.size());
        for (MultipartFile one : chosen) looked.put(one, evidence.look(one.getInputStream()));
        return looked;
    }

    /** The objection stands by then, and its code is shown only once: whatever happens to a paper is told beside it. */
    private List<Problem.Mistake> attached(Objections.Receipt receipt, Map<MultipartFile, InspectedFile> papers) {
        try {
            papers.forEach((paper, content) ->
                    lookUps.attach(receipt.number(), receipt.code(), paper.getOriginalFilename(), content));
            return List.of();
        } catch (RuntimeException lost) {
            if (!(lost instanceof Problem)) log.error("a paper of an objection was not kept", lost);
            return List.of(Problem.Mistake.of("file", "review.objection.PAPER_NOT_KEPT"));
        }
    }

    @PostMapping("/notices/objections/papers")
    @PreAuthorize("permitAll()")
    String attach(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String code,
            @RequestParam MultipartFile file,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String from = Network.of(request.getRemoteAddr());
        try {
            lookUps.lookUp(from, number, code); // a file is looked at for those alone who may hand it in
            lookUps.count(from, 1);
            lookUps.attach(number, code, file.getOriginalFilename(), evidence.look(file.getInputStream()));
            model.addAttribute("attached", true);
        } catch (Problem problem) {
            response.setStatus(
                    switch (problem.kind()) {
                        case NOT_FOUND -> 404;
                        case TOO_MANY -> 429;
                        default -> 422;
                    });
            Text words = problem.mistakes().isEmpty()
                    ? problem.text()
                    : problem.mistakes().get(0).message();
            model.addAttribute("mistakes", List.of(new Problem.Mistake("file", problem.code(), words)));
            if (problem.kind() == Problem.Kind.NOT_FOUND || problem.kind() == Problem.Kind.TOO_MANY)
                return "public/objection";
        }
        model.addAttribute("asked", lookUps.asked(number, code)).addAttribute("code", code);
        return "public/objection";
    }

    /** Who has to wait keeps what he wrote as well. */
    private static List<Problem.Mistake> mistakes(Problem problem, HttpServletResponse response) {
        if (problem.kind() != Problem.Kind.TOO_MANY) return Refusal.inForm(problem, response);
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        return List.of(new Problem.Mistake("text", problem.code(), problem.text()));
    }
}
