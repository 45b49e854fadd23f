package cn.jincai.payment;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.Reason;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseAssessments;
import cn.jincai.filing.CaseFacts;
import cn.jincai.payment.ledger.Payment;
import cn.jincai.policy.Scheme;
import cn.jincai.registry.Answer;
import cn.jincai.registry.EveryDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The facts that a package asks again before paying: ban, post, employer (rulebook 7.11). What the source says as at the decision stands as
 * decided, also where it was waived, cleared or recorded by an officer. What it says otherwise is put into the rules again, without any
 * waiver: the payment fails where a reason rests on the new answer.
 */
@Component
class AskedAgain {
    private final CaseFacts facts;
    private final CaseAssessments assessments;
    private final EveryDocument everyDocument;
    private final Payees payees;

    AskedAgain(CaseFacts facts, CaseAssessments assessments, EveryDocument everyDocument, Payees payees) {
        this.facts = facts;
        this.assessments = assessments;
        this.everyDocument = everyDocument;
        this.payees = payees;
    }

    /**
     * What stands in the way now.
     *
     * @param reason of the rules, on what the sources say now; null where a source is silent
     * @param told   what they say otherwise than at the decision
     */
    record Change(PaymentStop stop, @Nullable Reason reason, Map<String, Object> told) {}

    Optional<PaymentStop> changed(Payment p, Case file) {
        Scheme scheme = payees.scheme(p);
        return look(file, scheme, p.benefit(), asked(p, scheme)).map(Change::stop);
    }

    /** @param asked facts of the scheme; those of the applicant and of own records are left as they are */
    Optional<Change> look(Case file, Scheme scheme, String benefit, List<String> asked) {
        Map<String, Object> decided = facts.effective(file);
        Map<String, Object> then = facts.sourcesWord(file);
        Map<String, Object> now = new HashMap<>(decided);
        Map<String, Object> changed = new HashMap<>();
        for (var entry : bySource(scheme, asked).entrySet()) {
            Answer answer =
                    everyDocument.ask(scheme, file.person(), entry.getKey(), payees.subject(file), entry.getValue());
            if (answer instanceof Answer.Silent
                    && entry.getValue().stream()
                            .anyMatch(f -> then.containsKey(f) && Objects.equals(then.get(f), decided.get(f))))
                return Optional.of(new Change(silent(entry.getKey()), null, Map.of()));
            if (!(answer instanceof Answer.Answered a)) continue;
            Map<String, Object> told = facts.typed(scheme, a.facts());
            for (String fact : entry.getValue()) {
                if (Objects.equals(told.get(fact), then.get(fact)) || Objects.equals(told.get(fact), decided.get(fact)))
                    continue;
                changed.put(fact, told.get(fact));
                now.put(fact, told.get(fact));
            }
        }
        if (changed.isEmpty()) return Optional.empty();
        now.values().removeIf(Objects::isNull);
        return assessments.of(file, now, Adjustments.NONE).benefits().stream()
                .filter(b -> b.code().equals(benefit))
                .flatMap(b -> b.reasons().stream())
                .filter(r -> changed.containsKey(r.fact()))
                .findFirst()
                .map(r -> new Change(stop(r), r, changed));
    }

    private static List<String> asked(Payment p, Scheme scheme) {
        return p.run() != null && scheme.run() != null ? scheme.run().askedBeforePaying() : scheme.askedBeforePaying();
    }

    private static Map<String, Set<String>> bySource(Scheme scheme, List<String> asked) {
        return asked.stream()
                .map(f -> scheme.fact(f).orElseThrow())
                .filter(f -> !f.source().equals(CaseFacts.APPLICANT) && !f.isOwnRecords())
                .collect(Collectors.groupingBy(
                        Scheme.Fact::source,
                        TreeMap::new,
                        Collectors.mapping(Scheme.Fact::name, Collectors.toCollection(TreeSet::new))));
    }

    private static PaymentStop silent(String source) {
        return PaymentStop.of("payment.stop.SOURCE_SILENT", source);
    }

    private static PaymentStop stop(Reason r) {
        return new PaymentStop("CHANGED_" + r.code(), "payment.stop.changed", List.of(r.message()));
    }
}
