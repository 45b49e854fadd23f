package cn.jincai.payment;

import cn.jincai.assessment.Instalment;
import cn.jincai.filing.Case;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.review.DecidedBenefit;
import cn.jincai.review.Decisions;
import cn.jincai.review.standing.StandingGrants;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Parts of what was granted that are applied for later 后续分期, each in a time of its own. */
@Service
public class LaterInstalments {
    private final Decisions decisions;
    private final StandingGrants standing;
    private final Payments payments;
    private final Packages packages;
    private final JdbcClient db;

    LaterInstalments(
            Decisions decisions, StandingGrants standing, Payments payments, Packages packages, JdbcClient db) {
        this.decisions = decisions;
        this.standing = standing;
        this.payments = payments;
        this.packages = packages;
        this.db = db;
    }

    /** @param part with both days */
    public record Later(String benefit, Instalment part, LocalDate from, LocalDate to) {
        /** Tells it from the others of its case. */
        public String key() {
            return benefit + "#" + part.number();
        }
    }

    /** Of benefits that are still in force, what this case does not pay itself. */
    public List<Later> of(CaseNumber number) {
        List<DecidedBenefit> decided = decisions
                .of(number)
                .map(decision -> decision.benefits().stream()
                        .filter(DecidedBenefit::isGranted)
                        .toList())
                .orElse(List.of());
        if (decided.stream().allMatch(benefit -> benefit.instalments().isEmpty())) return List.of();
        Set<String> inForce =
                standing.of(number).stream().map(StandingGrants.Grant::benefit).collect(Collectors.toSet());
        List<PaymentView> paid = payments.of(number);
        List<Later> later = new ArrayList<>();
        for (DecidedBenefit benefit : decided)
            for (Instalment part : benefit.instalments())
                if (inForce.contains(benefit.code()) && !isPaid(paid, benefit.code(), part.number()))
                    add(later, benefit.code(), part, part.from(), part.to());
        return later;
    }

    private static boolean isPaid(List<PaymentView> paid, String benefit, int part) {
        return paid.stream().anyMatch(p -> p.benefit().equals(benefit) && Objects.equals(p.instalment(), part));
    }

    private static void add(
            List<Later> later, String benefit, Instalment part, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null) later.add(new Later(benefit, part, from, to));
    }

    /** Those of them for which the person has sent no application since their time began: one that was refused or came to nothing does not count. */
    public List<Later> open(Case file) {
        return of(file.number()).stream()
                .filter(later -> !isAppliedFor(file, later))
                .toList();
    }

    private boolean isAppliedFor(Case file, Later later) {
        return db.sql("""
                select count(*) from cases where scheme = ? and person_key = ? and case_number <> ? and application_date >= ?
                and (outcome is null or outcome = 'granted')""")
                        .params(file.scheme(), file.personKey(), file.number().value(), later.from())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** What such a part is called, by its key. */
    public Optional<Text> named(Case file, String key) {
        return of(file.number()).stream()
                .filter(later -> later.key().equals(key))
                .map(later -> Text.of(
                        "payment.later.name",
                        packages.byHash(file.packageHash())
                                .catalogue()
                                .benefit(later.benefit())
                                .name(),
                        later.part().number()))
                .findFirst();
    }
}
