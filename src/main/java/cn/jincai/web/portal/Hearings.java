package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.payment.Payments;
import cn.jincai.review.notice.Objections;
import cn.jincai.revision.Revision;
import cn.jincai.revision.Revisions;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * 听取意见: before an upheld objection is followed or a payment given up, the applicant reads what is held against it and says what he has to say
 * (rulebook 7.7, 7.11). A payment of a half-yearly run is heard while the case itself stays closed.
 */
@Controller
@PreAuthorize("hasAnyAuthority('applicant', 'employer')")
class Hearings {
    private final CaseForms forms;
    private final HearingsAndRatings hearings;
    private final Objections objections;
    private final Payments payments;
    private final Revisions revisions;

    Hearings(
            CaseForms forms,
            HearingsAndRatings hearings,
            Objections objections,
            Payments payments,
            Revisions revisions) {
        this.forms = forms;
        this.hearings = hearings;
        this.objections = objections;
        this.payments = payments;
        this.revisions = revisions;
    }

    @GetMapping("/cases/{number}/hearing")
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        CaseView file = forms.own(who, number);
        return hearings.mayAnswer(number) ? page(file, "", List.of(), model) : "redirect:/cases/" + number;
    }

    private String page(CaseView file, String text, List<Mistake> mistakes, Model model) {
        List<Payments.Proposed> proposed = payments.toBeGivenUp(file.number());
        Revision revision = revisions.heard(file.number()).orElse(null);
        forms.show(model, file)
                .addAttribute("proposed", proposed)
                .addAttribute("revision", revision)
                .addAttribute(
                        "findings",
                        proposed.isEmpty() && revision == null ? objections.findings(file.number()) : List.of())
                .addAttribute("text", text)
                .addAttribute("mistakes", mistakes);
        return "cases/hearing";
    }

    @PostMapping("/cases/{number}/hearing")
    String answer(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String text,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        return OwnCases.say(
                number,
                "told.heard",
                response,
                flash,
                () -> hearings.hear(who, number, text),
                mistakes -> page(forms.own(who, number), text, mistakes, model));
    }
}
