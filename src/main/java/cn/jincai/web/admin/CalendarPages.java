package cn.jincai.web.admin;

import cn.jincai.calendar.Amendments;
import cn.jincai.calendar.CalendarNotice;
import cn.jincai.calendar.Calendars;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.TextFile;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The State Council's yearly notices: which are loaded, loading the next one, and amending one that is loaded, by two persons. */
@Controller
class CalendarPages {
    private static final int LONGEST = 20_000;

    private final Calendars calendars;
    private final Amendments amendments;
    private final CityClock clock;

    CalendarPages(Calendars calendars, Amendments amendments, CityClock clock) {
        this.calendars = calendars;
        this.amendments = amendments;
        this.clock = clock;
    }

    /** @param shipped the year whose notice, as it comes with the product, is to be sent in place of the one in force */
    @GetMapping("/admin/calendar")
    @PreAuthorize("hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')")
    String show(@RequestParam(defaultValue = "0") int shipped, Model model) {
        String text = amendments.offered().stream()
                .filter(one -> one.notice().year() == shipped)
                .map(Calendars.Shipped::yaml)
                .findFirst()
                .orElse("");
        return page(model, text, "", Mistakes.NONE);
    }

    @PostMapping("/admin/calendar")
    @PreAuthorize("hasAuthority('policy-admin')")
    String load(
            Actor actor,
            @RequestParam(defaultValue = "") String notice,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(required = false) MultipartFile file,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after)
            throws IOException {
        String text = notice;
        try {
            if (file != null && !file.isEmpty()) text = TextFile.read("notice", file.getBytes());
            if (text.isBlank()) throw Problem.invalid("notice", "web.notice.REQUIRED");
            if (text.length() > LONGEST) throw Problem.invalid("notice", "web.notice.TOO_LONG");
            if (text.contains("\uFFFD")) throw Problem.invalid("notice", "web.notice.CHARACTER_LOST");
            boolean amends = !note.isBlank() && amendments.amends(text);
            if (amends) amendments.propose(text, note, actor);
            else calendars.load(text, actor);
            after.addFlashAttribute("done", amends ? "calendar.proposed" : "calendar.loaded");
        } catch (Problem problem) {
            Mistakes mistakes = Mistakes.inFormOrTooLate(problem, response);
            return page(
                    model,
                    text.length() > LONGEST ? "" : text,
                    note,
                    mistakes.allAt(mistakes.has("note") ? "note" : "notice"));
        }
        return "redirect:/admin/calendar";
    }

    @PostMapping("/admin/calendar/{id}/confirm")
    @PreAuthorize("hasAuthority('policy-approver')")
    String confirm(Actor actor, @PathVariable long id, RedirectAttributes after) {
        amendments.confirm(id, actor);
        after.addFlashAttribute("done", "calendar.amended");
        return "redirect:/admin/calendar";
    }

    @PostMapping("/admin/calendar/{id}/decline")
    @PreAuthorize("hasAuthority('policy-approver')")
    String decline(
            Actor actor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        Mistakes mistakes = Mistakes.of(response, () -> amendments.decline(id, reason, actor));
        if (!mistakes.isEmpty()) return page(model, "", "", mistakes.allAt("reason-" + id));
        after.addFlashAttribute("done", "calendar.declined");
        return "redirect:/admin/calendar";
    }

    private String page(Model model, String text, String note, Mistakes mistakes) {
        List<CalendarNotice> notices = calendars.notices();
        int next = clock.today().getYear() + 1;
        boolean missing =
                clock.today().getMonthValue() >= 10 && notices.stream().noneMatch(n -> n.year() == next);
        model.addAttribute("notices", notices)
                .addAttribute("amendments", amendments.all())
                .addAttribute("offered", amendments.offered())
                .addAttribute("text", text)
                .addAttribute("note", note)
                .addAttribute("mistakes", mistakes)
                .addAttribute("missing", missing ? next : 0);
        return "admin/calendar";
    }
}
