package cn.jincai.web.admin;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Consents;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.contacts.ConfirmedContacts;
import cn.jincai.applicant.contacts.Contacts;
import cn.jincai.filing.KeptCases;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.rights.Closings;
import cn.jincai.rights.Erasure;
import cn.jincai.rights.OwnCopy;
import cn.jincai.rights.Retention;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person may ask about what is known of him: to see it, take it along, have the account closed; and, for everybody, what is kept how long. */
@Controller
class RightsPages {
    private final Accounts accounts;
    private final ConfirmedContacts confirmed;
    private final Persons persons;
    private final Contacts contacts;
    private final Consents consents;
    private final KeptCases cases;
    private final OwnCopy copy;
    private final Closings closings;
    private final Erasure erasure;
    private final Retention retention;
    private final CityClock clock;

    RightsPages(
            Accounts accounts,
            ConfirmedContacts confirmed,
            Persons persons,
            Contacts contacts,
            Consents consents,
            KeptCases cases,
            OwnCopy copy,
            Closings closings,
            Erasure erasure,
            Retention retention,
            CityClock clock) {
        this.accounts = accounts;
        this.confirmed = confirmed;
        this.persons = persons;
        this.contacts = contacts;
        this.consents = consents;
        this.cases = cases;
        this.copy = copy;
        this.closings = closings;
        this.erasure = erasure;
        this.retention = retention;
        this.clock = clock;
    }

    @GetMapping("/privacy")
    @PreAuthorize("permitAll()")
    String notice(Model model) {
        model.addAttribute("retention", retention.retention().values());
        return "public/privacy";
    }

    @GetMapping("/account/data")
    @PreAuthorize("isAuthenticated()")
    String data(Actor who, Model model) {
        return data(who, model, Mistakes.NONE);
    }

    private String data(Actor who, Model model, Mistakes mistakes) {
        var account = accounts.find(who.account());
        model.addAttribute("account", account)
                .addAttribute("person", account.personKey() == null ? null : persons.of(account))
                .addAttribute("reached", contacts.of(who.account()))
                .addAttribute("consents", consents.of(who.account()))
                .addAttribute("cases", cases.of(who.account()))
                .addAttribute("closes", closings.due(who.account()).orElse(null))
                .addAttribute("mistakes", mistakes);
        return "admin/own-data";
    }

    /** Streamed: what breaks off in its midst is no whole zip, which every program says. */
    @PostMapping("/account/copy")
    @PreAuthorize("isAuthenticated()")
    @Nullable
    String copy(Actor who, @RequestParam(defaultValue = "") String proof, Model model, HttpServletResponse response)
            throws IOException {
        Mistakes mistakes = Mistakes.of(response, () -> copy.allow(who, proof));
        if (!mistakes.isEmpty()) return data(who, model, mistakes);
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("jincai-" + who.account() + "-" + clock.today() + ".zip")
                        .build()
                        .toString());
        copy.write(who, response.getOutputStream());
        return null;
    }

    @GetMapping("/account/close")
    @PreAuthorize("isAuthenticated()")
    String close(Actor who, Model model) {
        return close(who, model, Mistakes.NONE);
    }

    private String close(Actor who, Model model, Mistakes mistakes) {
        model.addAttribute("reasons", closings.reasons(who.account()))
                .addAttribute("drafts", cases.drafts(who.account()).size())
                .addAttribute("days", closings.daysToUndo())
                .addAttribute("closes", closings.due(who.account()).orElse(null))
                .addAttribute("retention", retention.retention())
                .addAttribute("mistakes", mistakes);
        return "admin/close-account";
    }

    @PostMapping("/account/close")
    @PreAuthorize("isAuthenticated()")
    String close(
            Actor who,
            @RequestParam(defaultValue = "") String proof,
            @RequestParam(defaultValue = "false") boolean sure,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            if (!sure) throw Problem.invalid("sure", "web.close.NOT_SURE");
            closings.ask(who, proof);
        } catch (Problem problem) {
            return close(who, model, Mistakes.inFormOrTooLate(problem, response));
        }
        after.addFlashAttribute("done", "close.asked");
        return "redirect:/account";
    }

    @PostMapping("/account/close/undo")
    @PreAuthorize("isAuthenticated()")
    String undo(Actor who, RedirectAttributes after) {
        closings.undo(who);
        after.addFlashAttribute("done", "close.undone");
        return "redirect:/account";
    }

    /** What the next run erases, and what the last ones have. */
    @GetMapping("/admin/retention")
    @PreAuthorize("hasAnyAuthority('admin', 'auditor')")
    String retention(Model model) {
        model.addAttribute("foreseen", erasure.foreseen())
                .addAttribute("runs", erasure.runs())
                .addAttribute("refused", confirmed.refused());
        return "admin/retention";
    }
}
