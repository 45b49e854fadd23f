package cn.jincai.web.office;

import cn.jincai.applicant.likeness.Likeness;
import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.Identity;
import cn.jincai.filing.Looks;
import cn.jincai.filing.Rosters;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.forms.FieldClass;
import cn.jincai.review.Objections;
import cn.jincai.review.ReviewTasks;
import cn.jincai.review.Reviews;
import cn.jincai.review.ServiceMethod;
import cn.jincai.web.portal.WholeCase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The case file 案卷 as a page for officers, with what the reader's roles may see and do there. */
@Component
class FilePage {
    private final CaseFile cases;
    private final Looks looks;
    private final Identity identity;
    private final Inbox inbox;
    private final Rosters rosters;
    private final WholeCase whole;
    private final ReviewTasks reviewTasks;
    private final Reviews reviews;
    private final Objections objections;
    private final HearingsAndRatings hearings;
    private final Payments payments;
    private final Packages packages;
    private final Likenesses likenesses;

    FilePage(
            CaseFile cases,
            Looks looks,
            Identity identity,
            Inbox inbox,
            Rosters rosters,
            WholeCase whole,
            ReviewTasks reviewTasks,
            Reviews reviews,
            Objections objections,
            HearingsAndRatings hearings,
            Payments payments,
            Packages packages,
            Likenesses likenesses) {
        this.cases = cases;
        this.looks = looks;
        this.identity = identity;
        this.inbox = inbox;
        this.rosters = rosters;
        this.whole = whole;
        this.reviewTasks = reviewTasks;
        this.reviews = reviews;
        this.objections = objections;
        this.hearings = hearings;
        this.payments = payments;
        this.packages = packages;
        this.likenesses = likenesses;
    }

    /**
     * @param mistakes in a form of the page that comes back; what was typed into it is the model's {@code typed}
     * @return the page's name
     * @throws Problem NOT_FOUND for whoever has no part in the case as an officer
     */
    String show(Actor who, CaseNumber number, Model model, List<Mistake> mistakes) {
        if (!cases.admitsAsOfficer(who, number))
            throw Problem.notFound(); // the applicant and the employer have pages of their own
        CaseView file = cases.show(who, number, opened(number, model));
        whole.show(model, file);
        model.addAttribute("opinions", reviews.opinions(who, number))
                .addAttribute("standing", reviews.standing(number))
                .addAttribute("objections", objections.of(who, number))
                .addAttribute("heard", hearings.heard(who, number))
                .addAttribute("said", payments.said(who, number))
                .addAttribute("mailRefused", inbox.isMailRefused(number))
                .addAttribute("mended", identity.waiting(number, compares(who, file)))
                .addAttribute("purposes", Purpose.values())
                .addAttribute("openedTimes", looks.opened(number))
                .addAttribute("alike", alike(who, number));
        if (scheme(number).applying().roster() != null)
            model.addAttribute("lines", rosters.page(who, number, 0, Page.LARGEST));
        if (model.getAttribute("typed") instanceof Map<?, ?> typed && typed.get("name") instanceof String name)
            model.addAttribute("fact", scheme(number).fact(name).orElse(null));
        model.addAttribute(
                "recordable",
                cases.get(number).stage().is(Kind.CHECKS_DATA, Kind.REVIEWS) && reviewTasks.mayRecord(who, number));
        model.addAttribute("means", ServiceMethod.values());
        model.addAttribute("mistakes", mistakes);
        return "officers/file";
    }

    /** What was opened by the click before this page, for this page alone. */
    private static Set<FieldClass> opened(CaseNumber number, Model model) {
        return model.getAttribute("opened") instanceof Map<?, ?> opened
                        && opened.get(number.value()) instanceof FieldClass fields
                ? Set.of(fields)
                : Set.of();
    }

    /** To accept or to approve says that the numbers were compared. */
    private static boolean compares(Actor who, CaseView file) {
        return file.step().is(Kind.ACCEPTS, Kind.REVIEWS) && who.is(file.step().doneBy());
    }

    /** For those who judge, sign or audit; experts see merits, and finance is told by the payment. */
    private List<Likeness> alike(Actor who, CaseNumber number) {
        String person = cases.get(number).personKey();
        return person != null
                        && who.isAny(
                                Role.INTAKE,
                                Role.REVIEWER,
                                Role.SENIOR_REVIEWER,
                                Role.LEADER,
                                Role.SUPERVISOR,
                                Role.AUDITOR)
                ? likenesses.of(person)
                : List.of();
    }

    Scheme scheme(CaseNumber number) {
        return packages.byHash(cases.get(number).packageHash()).catalogue();
    }
}
