package cn.jincai.web.admin;

import cn.jincai.calendar.CalendarNotice;
import cn.jincai.calendar.Calendars;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The State Council's yearly notices: which are loaded, and loading the next one. */
@Controller
class CalendarPages {
    private static final int LONGEST = 20_000;

    private final Calendars calendars;
    private final CityClock clock;

    CalendarPages(Calendars calendars, CityClock clock) {
        this.calendars = calendars;
        this.clock = clock;
    }

    @GetMapping("/admin/calendar")
    @PreAuthorize("hasAnyAuthority('policy-admin', 'policy-approver', 'auditor')")
    String show(Model model) {
        return page(model, "", Mistakes.NONE);
    }

    @PostMapping("/admin/calendar")
    @PreAuthorize("hasAuthority('policy-admin')")
    String load(Actor actor, @RequestParam(defaultValue = "") String notice, @RequestParam(required = false) MultipartFile file, Model model, HttpServletResponse response, RedirectAttributes after) throws IOException {
        String text = file == null || file.isEmpty() ? notice : new String(file.getBytes(), StandardCharsets.UTF_8);
        try {
            if (text.isBlank()) throw Problem.invalid("notice", "REQUIRED", "请上传文件或粘贴通知内容。", "Upload a file or paste the notice.");
            if (text.length() > LONGEST) throw Problem.invalid("notice", "TOO_LONG", "内容过长：一年的安排不超过20000字。", "This is too long: a year's notice has at most 20,000 characters.");
            calendars.load(text, actor);
        } catch (Problem problem) {
            response.setStatus(problem.kind() == Problem.Kind.CONFLICT ? 409 : 422);
            return page(model, text.length() > LONGEST ? "" : text, Mistakes.at("notice", problem));
        }
        after.addFlashAttribute("done", "calendar.loaded");
        return "redirect:/admin/calendar";
    }

    private String page(Model model, String text, Mistakes mistakes) {
        List<CalendarNotice> notices = calendars.notices();
        int next = clock.today().getYear() + 1;
        boolean missing = clock.today().getMonthValue() >= 10 && notices.stream().noneMatch(n -> n.year() == next);
        model.addAttribute("notices", notices).addAttribute("text", text).addAttribute("mistakes", mistakes).addAttribute("missing", missing ? next : 0);
        return "admin/calendar";
    }
}
