package cn.jincai.web.admin;

import cn.jincai.audit.AuditExport;
import cn.jincai.audit.AuditKey;
import cn.jincai.audit.AuditLog;
import cn.jincai.audit.AuditWatch;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.web.api.FileAnswer;
import cn.jincai.web.office.TypedDay;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The audit record, for auditors. Their searches are recorded too. */
@Controller
@PreAuthorize("hasAuthority('auditor')")
class AuditPages {
    private final AuditLog log;
    private final AuditWatch watch;
    private final AuditExport export;
    private final AuditKey key;
    private final ApplicationEventPublisher events;

    AuditPages(AuditLog log, AuditWatch watch, AuditExport export, AuditKey key, ApplicationEventPublisher events) {
        this.log = log;
        this.watch = watch;
        this.export = export;
        this.key = key;
        this.events = events;
    }

    @GetMapping("/audit")
    String search(
            Actor actor,
            @RequestParam(name = "case", defaultValue = "") String number,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        List<Mistake> mistakes = new ArrayList<>();
        var search = new AuditLog.Search(
                number.strip(), account.strip(), kind, day("from", from, mistakes), day("to", to, mistakes));
        var found = log.search(search, Math.max(0, page), Page.size(50));
        events.publishEvent(CaseEvent.forAuditors(
                "web.event.record-searched", actor, Role.AUDITOR, Map.of("case", search.caseNumber(), "kind", kind)));
        String address = UriComponentsBuilder.fromPath("/audit")
                .queryParam("case", search.caseNumber())
                .queryParam("account", search.account())
                .queryParam("kind", kind)
                .queryParam("from", from)
                .queryParam("to", to)
                .queryParam("page", "")
                .encode()
                .build()
                .toUriString();
        model.addAttribute("search", search)
                .addAttribute("found", found)
                .addAttribute("kinds", log.kinds())
                .addAttribute("look", watch.last().orElse(null))
                .addAttribute("key", key.id())
                .addAttribute("from", from)
                .addAttribute("to", to)
                .addAttribute("mistakes", new Mistakes(mistakes))
                .addAttribute("address", address.endsWith("=") ? address : address + "=");
        return "admin/audit";
    }

    @PostMapping("/audit/check")
    String check() {
        watch.look(true);
        return "redirect:/audit";
    }

    /** The whole record as it is on this page, however long it is. That it was taken along is the last entry in it. */
    @GetMapping("/audit/export")
    void export(Actor actor, HttpServletResponse response) throws IOException {
        events.publishEvent(
                CaseEvent.forAuditors("web.event.record-exported", actor, Role.AUDITOR, Map.of("key", key.id())));
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("jincai-audit-export.txt")
                        .build()
                        .toString());
        export.write(response.getWriter());
    }

    @GetMapping("/audit/public-key")
    ResponseEntity<byte[]> publicKey() {
        return FileAnswer.attachment(
                "jincai-audit-public-key.pem",
                "application/x-pem-file",
                key.pem().getBytes(StandardCharsets.US_ASCII));
    }

    /** Both days are looked at before anything is said. */
    private static @Nullable LocalDate day(String field, String text, List<Mistake> mistakes) {
        try {
            return TypedDay.of(field, text);
        } catch (Problem noDay) {
            mistakes.addAll(noDay.mistakes());
            return null;
        }
    }
}
