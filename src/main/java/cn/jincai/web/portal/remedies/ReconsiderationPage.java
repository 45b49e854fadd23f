package cn.jincai.web.portal.remedies;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.review.Decision;
import cn.jincai.review.Decisions;
import cn.jincai.web.portal.CaseForms;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * 行政复议申请书: filled in with what the case knows, to be printed, completed by hand, signed, and handed in to the body that reconsiders (行政复议法 22). Nothing of it is kept or sent here.
 */
@Controller
class ReconsiderationPage {
    private final CaseForms forms;
    private final CaseFile cases;
    private final Decisions decisions;
    private final CityClock clock;
    private final Text authority;
    private final Text body;

    ReconsiderationPage(
            CaseForms forms,
            CaseFile cases,
            Decisions decisions,
            CityClock clock,
            @Value("${jincai.document.authority}") String authority,
            @Value("${jincai.document.authority-en}") String authorityEn,
            @Value("${jincai.document.reconsideration}") String body,
            @Value("${jincai.document.reconsideration-en}") String bodyEn) {
        this.forms = forms;
        this.cases = cases;
        this.decisions = decisions;
        this.clock = clock;
        this.authority = new Text(authority, authorityEn);
        this.body = new Text(body, bodyEn);
    }

    /** One line of the form. @param value empty where it is written by hand */
    record Line(Text label, String value) {}

    @GetMapping("/cases/{number}/reconsideration")
    @PreAuthorize("hasAnyAuthority('applicant', 'employer')")
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        Decision decision = decisions.of(number).orElse(null);
        Decision.Remedies remedies = decision == null ? null : decision.remedies();
        if (remedies == null) return "redirect:/cases/" + number;
        forms.show(model, file)
                .addAttribute("decision", decision)
                .addAttribute("over", clock.today().isAfter(remedies.reconsiderationUntil()))
                .addAttribute("authority", authority)
                .addAttribute("body", body)
                .addAttribute("lines", lines(cases.get(number)));
        return "cases/reconsideration";
    }

    private static List<Line> lines(Case file) {
        return file.ofEmployer()
                ? List.of(
                        line("applicant", file.answer("employerName")),
                        line("code", file.employerCode() == null ? "" : file.employerCode()),
                        line("address", ""),
                        line("phone", file.answer("phone")))
                : List.of(
                        line("applicant", file.answer("name")),
                        line("document", file.answer("documentNumber")),
                        line("address", ""),
                        line("phone", file.answer("phone")));
    }

    private static Line line(String label, String value) {
        return new Line(Text.of("web.reconsideration." + label), value);
    }
}
