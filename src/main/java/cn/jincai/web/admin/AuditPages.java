package cn.jincai.web.admin;

import cn.jincai.audit.AuditLog;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.web.office.TypedDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The audit record, for auditors. Their searches are recorded too. */
@Controller
@PreAuthorize("hasAuthority('auditor')")
class AuditPages {
    private final AuditLog log;
    private final ApplicationEventPublisher events;

    AuditPages(AuditLog log, ApplicationEventPublisher events) {
        this.log = log;
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
                .addAttribute("from", from)
                .addAttribute("to", to)
                .addAttribute("mistakes", new Mistakes(mistakes))
                .addAttribute("address", address.endsWith("=") ? address : address + "=");
        return "admin/audit";
    }

    @PostMapping("/audit/check")
    String check(RedirectAttributes after) {
        after.addFlashAttribute("check", log.verify());
        return "redirect:/audit";
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
