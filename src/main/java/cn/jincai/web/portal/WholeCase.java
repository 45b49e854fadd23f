package cn.jincai.web.portal;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Instalment;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.messages.EmployerDenials;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.payment.Grants;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import cn.jincai.review.Decision;
import cn.jincai.review.Decisions;
import cn.jincai.review.YearlyPlaces;
import cn.jincai.review.deadlines.Extensions;
import cn.jincai.review.standing.StandingGrants;
import cn.jincai.revision.Revisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What a page about a whole case shows, whoever reads it: the case, its answers in words, what was decided and paid. */
@Component
public class WholeCase {
    private final CaseForms forms;
    private final Decisions decisions;
    private final Payments payments;
    private final Grants grants;
    private final YearlyPlaces places;
    private final Revisions revisions;
    private final Extensions extensions;
    private final EmployerDenials denials;
    private final StandingGrants standing;
    private final CityClock clock;

    WholeCase(
            CaseForms forms,
            Decisions decisions,
            Payments payments,
            Grants grants,
            YearlyPlaces places,
            Revisions revisions,
            Extensions extensions,
            EmployerDenials denials,
            StandingGrants standing,
            CityClock clock) {
        this.forms = forms;
        this.decisions = decisions;
        this.payments = payments;
        this.grants = grants;
        this.places = places;
        this.revisions = revisions;
        this.extensions = extensions;
        this.denials = denials;
        this.standing = standing;
        this.clock = clock;
    }

    public void show(Model model, CaseView file) {
        forms.show(model, file)
                .addAttribute("declared", forms.pack(file).steps())
                .addAttribute("page", forms.page(file));
        Decision decision = decisions.of(file.number()).orElse(null);
        List<PaymentView> paid = payments.of(file.number());
        model.addAttribute("decision", decision)
                .addAttribute("revised", decision == null ? List.of() : revisions.told(file.number()))
                .addAttribute("payments", paid)
                .addAttribute("grants", grants.of(file.number()))
                .addAttribute("extension", extensions.of(file.number()).orElse(null))
                .addAttribute("denial", denials.of(file.number()).orElse(null))
                .addAttribute("placeInLine", places.inLine(file.number()).orElse(null))
                .addAttribute("later", later(file));
    }

    /** A part of a granted benefit that is applied for later, in a period of its own. */
    public record Later(String benefit, Instalment part, boolean over) {}

    /** Those of a case that is the reader's own. */
    public List<Later> later(CaseView file) {
        Decision decision = decisions.of(file.number()).orElse(null);
        return decision == null || file.assessment() == null
                ? List.of()
                : later(file.number(), file.assessment(), payments.of(file.number()));
    }

    /** Of what was granted and still holds. */
    private List<Later> later(CaseNumber number, Assessment assessment, List<PaymentView> paid) {
        Set<String> granted =
                standing.of(number).stream().map(StandingGrants.Grant::benefit).collect(Collectors.toSet());
        List<Later> later = new ArrayList<>();
        for (Benefit b : assessment.benefits())
            for (Instalment part : b.instalments()) {
                boolean itself = paid.stream()
                        .anyMatch(p -> p.benefit().equals(b.code()) && Objects.equals(p.instalment(), part.number()));
                if (granted.contains(b.code()) && part.from() != null && part.to() != null && !itself)
                    later.add(new Later(b.code(), part, clock.today().isAfter(part.to())));
            }
        return later;
    }
}
