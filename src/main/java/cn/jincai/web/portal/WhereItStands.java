package cn.jincai.web.portal;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.Timeline;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.payment.LaterInstalments;
import cn.jincai.policy.DiagramSteps;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.process.AccountLimit;
import cn.jincai.review.Decision;
import cn.jincai.revision.Revisions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Gives the applicant's page of a case what it begins with: the sentence, and the steps of the case's own diagram with the day on which each was reached. */
@Component
public class WhereItStands {
    private final CaseForms forms;
    private final HearingsAndRatings hearings;
    private final AccountLimit accountLimit;
    private final DiagramSteps diagrams;
    private final Enquiries enquiries;
    private final Revisions revisions;
    private final LaterInstalments instalments;
    private final CityClock clock;

    WhereItStands(
            CaseForms forms,
            HearingsAndRatings hearings,
            AccountLimit accountLimit,
            DiagramSteps diagrams,
            Enquiries enquiries,
            Revisions revisions,
            LaterInstalments instalments,
            CityClock clock) {
        this.forms = forms;
        this.hearings = hearings;
        this.accountLimit = accountLimit;
        this.diagrams = diagrams;
        this.enquiries = enquiries;
        this.revisions = revisions;
        this.instalments = instalments;
        this.clock = clock;
    }

    /** After {@link WholeCase#show}, of whose decision and later instalments it tells. */
    public void show(Model model, CaseView file, Case kept) {
        PolicyPackage pack = forms.pack(file);
        Map<String, Instant> reached = reached(file.timeline());
        StepBar bar = StepBar.of(kept.stage(), reached.keySet(), diagrams.of(pack), kept.signedAt() != null);
        Instant accountEnds =
                file.accountAsked() ? accountLimit.end(file.number()).orElse(null) : null;
        boolean hearing = hearings.mayAnswer(file.number());
        model.addAttribute("steps", bar)
                .addAttribute("reached", reached)
                .addAttribute("enquired", enquiries.asked(file.number()))
                .addAttribute("hearing", hearing)
                .addAttribute("accountEnds", accountEnds)
                .addAttribute("openKeys", openInstalments(kept))
                .addAttribute(
                        "standing",
                        Standing.of(file, more(model, file.number(), accountEnds, hearing, noticeAhead(bar, pack))));
    }

    /** Of what can be applied for later, what can be today and has not been. */
    private List<String> openInstalments(Case kept) {
        return instalments.open(kept).stream()
                .filter(later ->
                        !clock.today().isBefore(later.from()) && !clock.today().isAfter(later.to()))
                .map(LaterInstalments.Later::key)
                .toList();
    }

    /** When the case came to each of its stages: what came back to one, when it came back. */
    static Map<String, Instant> reached(List<Timeline.Entry> timeline) {
        Map<String, Instant> reached = new HashMap<>();
        for (Timeline.Entry entry : timeline) {
            if (entry.stage() == null) continue;
            if (entry.entered()) reached.put(entry.stage(), entry.at());
            else reached.putIfAbsent(entry.stage(), entry.at());
        }
        return reached;
    }

    private Standing.More more(
            Model model, CaseNumber number, @Nullable Instant accountEnds, boolean hearing, OptionalInt notice) {
        Decision decision = (Decision) model.getAttribute("decision");
        WholeCase.Later later = only(model, "later", WholeCase.Later.class)
                .filter(part -> !part.over())
                .findFirst()
                .orElse(null);
        return new Standing.More(
                accountEnds,
                hearing,
                revisions.heard(number).map(r -> r.kind().text()).orElse(null),
                decision == null ? null : decision.outcome().equals("granted"),
                notice,
                later == null ? null : later.part(),
                only(model, "revised", Revisions.Told.class)
                        .filter(Revisions.Told::changes)
                        .reduce((before, last) -> last)
                        .orElse(null));
    }

    private static <T> Stream<T> only(Model model, String name, Class<T> type) {
        return model.getAttribute(name) instanceof List<?> list ? list.stream().map(type::cast) : Stream.empty();
    }

    private OptionalInt noticeAhead(StepBar bar, PolicyPackage pack) {
        boolean ahead = bar.steps().stream()
                .anyMatch(mark -> mark.code().equals("notice") && mark.state().equals("later"));
        return ahead ? diagrams.noticeDays(pack) : OptionalInt.empty();
    }
}
