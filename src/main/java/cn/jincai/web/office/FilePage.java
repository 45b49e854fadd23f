package cn.jincai.web.office;

import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.likeness.Likeness;
import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.EarlierCases;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.Identity;
import cn.jincai.filing.Looks;
import cn.jincai.filing.Rosters;
import cn.jincai.filing.archive.ExplainedToday;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.filing.sight.FileSettings;
import cn.jincai.filing.sight.Purpose;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.payment.EndsTakenBack;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.policy.forms.FieldClass;
import cn.jincai.review.DecidedBenefit;
import cn.jincai.review.Decision;
import cn.jincai.review.Opinion;
import cn.jincai.review.ReviewTasks;
import cn.jincai.review.Reviews;
import cn.jincai.review.ServiceMethod;
import cn.jincai.review.discretion.LikeCases;
import cn.jincai.review.notice.Objections;
import cn.jincai.review.panel.PanelMinutes;
import cn.jincai.revision.Revisions;
import cn.jincai.staffing.ColleagueQuestions;
import cn.jincai.staffing.Handovers;
import cn.jincai.web.portal.SchemeNames;
import cn.jincai.web.portal.WholeCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private final PanelMinutes minutes;
    private final HearingsAndRatings hearings;
    private final Payments payments;
    private final EndsTakenBack ends;
    private final Revisions revisions;
    private final Packages packages;
    private final Likenesses likenesses;
    private final Gists gists;
    private final ExplainedToday explained;
    private final EarlierCases earlier;
    private final Accounts accounts;
    private final FileSettings settings;
    private final SchemeNames names;
    private final ColleagueQuestions questions;
    private final Handovers handovers;
    private final Enquiries enquiries;
    private final LikeCases decidedAlike;

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
            PanelMinutes minutes,
            HearingsAndRatings hearings,
            Payments payments,
            EndsTakenBack ends,
            Revisions revisions,
            Packages packages,
            Likenesses likenesses,
            Gists gists,
            ExplainedToday explained,
            EarlierCases earlier,
            Accounts accounts,
            FileSettings settings,
            SchemeNames names,
            ColleagueQuestions questions,
            Handovers handovers,
            Enquiries enquiries,
            LikeCases decidedAlike) {
        this.cases = cases;
        this.looks = looks;
        this.identity = identity;
        this.inbox = inbox;
        this.rosters = rosters;
        this.whole = whole;
        this.reviewTasks = reviewTasks;
        this.reviews = reviews;
        this.objections = objections;
        this.minutes = minutes;
        this.hearings = hearings;
        this.payments = payments;
        this.ends = ends;
        this.revisions = revisions;
        this.packages = packages;
        this.likenesses = likenesses;
        this.gists = gists;
        this.explained = explained;
        this.earlier = earlier;
        this.accounts = accounts;
        this.settings = settings;
        this.names = names;
        this.questions = questions;
        this.handovers = handovers;
        this.enquiries = enquiries;
        this.decidedAlike = decidedAlike;
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
        TaskRef task = model.getAttribute("ref") instanceof TaskRef ref ? ref : null;
        List<DecidedBenefit> standing = reviews.standing(number);
        model.addAttribute("opinions", reviews.opinions(who, number))
                .addAttribute("standing", standing)
                .addAttribute(
                        "panelled",
                        who.isAny(Role.LEADER, Role.AUDITOR)
                                && !minutes.panels(number).isEmpty())
                .addAttribute("openWord", file.unchecked() ? "verdict.unchecked" : null)
                .addAttribute("gist", gist(who, file, task, standing, model))
                .addAttribute("objections", objections.of(who, number))
                .addAttribute("heard", hearings.heard(who, number))
                .addAttribute("said", payments.said(who, number))
                .addAttribute("enquired", enquiries.mayRead(who) ? enquiries.asked(number) : null)
                .addAttribute("mailRefused", inbox.isMailRefused(number))
                .addAttribute("mended", identity.waiting(number, compares(who, file)))
                .addAttribute("purposes", Purpose.values())
                .addAttribute("openedTimes", looks.opened(number))
                .addAttribute("ends", ends.of(who, number))
                .addAttribute("revisions", revisions.of(who, number))
                .addAttribute("revisable", Revisions.mayBegin(who) ? revisions.open(number) : Map.of())
                .addAttribute("alike", alike(who, number))
                .addAttribute("likeCases", likeCases(who, number))
                .addAttribute(
                        "benefitSheets", BenefitSheet.of(file.assessment(), explained.of(number), file.unchecked()))
                .addAttribute("sheets", FactSheet.of(file, scheme(number)))
                .addAttribute("weighs", task != null && task.step().is(Kind.REVIEWS, Kind.SIGNS, Kind.OBJECTION))
                .addAttribute("proposed", proposed(task));
        people(number, model);
        amongColleagues(who, number, model);
        earlier(who, number, model);
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

    private Gist gist(Actor who, CaseView file, @Nullable TaskRef task, List<DecidedBenefit> standing, Model model) {
        Scheme scheme = scheme(file.number());
        Gist gist = gists.of(who, file, scheme, task, standing, (Decision) model.getAttribute("decision"));
        return model.getAttribute("sheet") instanceof Payments.Sheet sheet
                        && task != null
                        && task.step().kind().isOfPayment()
                ? gists.of(who, sheet, scheme, task, gist.person(), gist.employer())
                : gist;
    }

    /** Finance's reason stands before whoever signs that nothing is paid. */
    private List<Payments.Proposed> proposed(@Nullable TaskRef task) {
        return task != null && task.step().is(Kind.SIGNS) && task.subject() != null && task.number() != null
                ? payments.toBeGivenUp(task.number()).stream()
                        .filter(p -> String.valueOf(p.payment().id()).equals(task.subject()))
                        .toList()
                : List.of();
    }

    /** Who said it, by account, and at which office each step is done. */
    private void people(CaseNumber number, Model model) {
        Map<String, String> people = new HashMap<>();
        if (model.getAttribute("opinions") instanceof List<?> said)
            for (Object one : said)
                if (one instanceof Opinion o)
                    accounts.look(o.account()).ifPresent(a -> people.put(o.account(), a.displayName()));
        Map<String, Text> offices = new HashMap<>();
        cases.get(number).stage().steps().all().forEach(step -> offices.put(step.key(), settings.office(step.role())));
        model.addAttribute("people", people).addAttribute("offices", offices);
    }

    /** What officers said to each other; experts see merits, and of this what they asked or were asked themselves. */
    private void amongColleagues(Actor who, CaseNumber number, Model model) {
        boolean all = !who.roles().equals(Set.of(Role.EXPERT));
        model.addAttribute(
                        "questions",
                        questions.of(number).stream()
                                .filter(q -> all
                                        || q.askedBy().equals(who.account())
                                        || q.askedOf().equals(who.account()))
                                .toList())
                .addAttribute("handovers", all ? handovers.of(number) : List.of());
    }

    /** For those who judge, supervise or audit. */
    private List<LikeCases.Alike> likeCases(Actor who, CaseNumber number) {
        return who.isAny(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.LEADER, Role.SUPERVISOR, Role.AUDITOR)
                ? decidedAlike.of(who, number)
                : List.of();
    }

    /** For those who judge or pay; experts see merits, and which cases a person had is none. */
    private void earlier(Actor who, CaseNumber number, Model model) {
        if (who.roles().equals(Set.of(Role.EXPERT))) return;
        EarlierCases.Found ofPerson = earlier.ofPerson(number), ofEmployer = earlier.ofEmployer(number);
        model.addAttribute("earlierOfPerson", ofPerson)
                .addAttribute("earlierOfEmployer", ofEmployer)
                .addAttribute("schemes", names.schemes())
                .addAttribute(
                        "openable",
                        cases.open(
                                who,
                                Stream.concat(ofPerson.newest().stream(), ofEmployer.newest().stream())
                                        .map(EarlierCases.Earlier::number)
                                        .toList()));
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
