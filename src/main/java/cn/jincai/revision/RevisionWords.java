package cn.jincai.revision;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Scheme;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A matter in words, for whoever weighs or signs it. */
@Component
class RevisionWords {
    private final CaseFile cases;
    private final HearingsAndRatings hearings;
    private final Packages packages;

    RevisionWords(CaseFile cases, HearingsAndRatings hearings, Packages packages) {
        this.cases = cases;
        this.hearings = hearings;
        this.packages = packages;
    }

    /** As Tasklist shows it: in Chinese, which binds. */
    String proposal(Revision revision) {
        Change change = revision.change();
        String about = change.wrong() != null
                ? Text.of("revision.proposal.words", change.wrong(), Objects.toString(change.right(), ""))
                        .zh()
                : Text.of("revision.proposal.benefits", benefits(revision)).zh();
        String result = change.result() == null
                ? ""
                : Text.of("revision.proposal.result", Text.of("revision.result." + change.result()))
                        .zh();
        String before = revision.said().stream()
                .map(said -> Text.of(
                                "revision.proposal.said",
                                said.stepName(),
                                said.outcomeName(),
                                Objects.toString(said.words(), ""))
                        .zh())
                .collect(Collectors.joining());
        return Text.of("revision.proposal", revision.kind().text(), revision.reasonName(), revision.basis())
                        .zh()
                + Text.of("revision.proposal.why", revision.words()).zh()
                + about
                + result
                + before;
    }

    private Text benefits(Revision revision) {
        Case file = cases.get(revision.number());
        Scheme scheme = packages.byHash(file.packageHash()).catalogue();
        return Text.joined(
                "kernel.list",
                revision.change().benefits().stream()
                        .map(b -> scheme.benefit(b).name())
                        .toList());
    }

    /** What the person has said since this matter began; nothing where he was silent. */
    String answered(Revision revision) {
        List<String> said = hearings.heard(revision.number()).stream()
                .filter(h -> !h.at().isBefore(revision.begunAt()))
                .map(HearingsAndRatings.Heard::text)
                .toList();
        return said.isEmpty() ? Text.of("revision.silent").zh() : String.join("\n", said);
    }
}
