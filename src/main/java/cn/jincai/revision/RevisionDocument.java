package cn.jincai.revision;

import cn.jincai.applicant.Persons;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import cn.jincai.review.Decision;
import cn.jincai.review.Decisions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The numbered document by which the person is told. */
@Component
class RevisionDocument {
    private final CaseFile cases;
    private final Decisions decisions;
    private final Packages packages;
    private final IssuedDocuments issued;
    private final CityClock clock;

    RevisionDocument(CaseFile cases, Decisions decisions, Packages packages, IssuedDocuments issued, CityClock clock) {
        this.cases = cases;
        this.decisions = decisions;
        this.packages = packages;
        this.issued = issued;
        this.clock = clock;
    }

    record Issued(long id, String number) {}

    Issued issue(Revision revision, RevisionEffects.Done done) {
        Case file = cases.get(revision.number());
        Decision decision = decisions.of(revision.number()).orElseThrow();
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", file.answer("name"));
        data.put("documentNumber", Persons.maskNumber(file.answer("documentNumber")));
        data.put("scheme", scheme.name());
        data.put("submittedOn", file.applicationDate());
        data.put("decisionNumber", decision.number());
        data.put("decidedOn", decision.date());
        data.put("outcome", done.told());
        data.put("reason", revision.reasonName());
        data.put("articles", List.of(revision.basis()));
        data.put("items", items(revision, scheme));
        data.put(
                "repayments",
                done.repaid().entrySet().stream()
                        .map(e -> Map.of("name", scheme.benefit(e.getKey()).name(), "amountFen", e.getValue()))
                        .toList());
        data.put("repayBy", done.repayBy());
        data.put("endsOn", done.lastDay());
        long id = issued.issue(revision.number(), revision.kind().code(), data, clock.instant());
        return new Issued(id, issued.find(revision.number(), id).number());
    }

    /** The words that are put right, or the benefits that it is about. */
    private static List<Map<String, Text>> items(Revision revision, Scheme scheme) {
        Change change = revision.change();
        if (change.wrong() != null)
            return List.of(Map.of(
                    "item", Text.same(change.wrong()), "reason", Text.same(Objects.requireNonNull(change.right()))));
        return change.benefits().stream()
                .map(benefit -> Map.of("item", scheme.benefit(benefit).name(), "reason", revision.reasonName()))
                .toList();
    }
}
