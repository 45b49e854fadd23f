package cn.jincai.revision;

import cn.jincai.document.IssuedDocuments;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.revision.RevisionKind;
import cn.jincai.policy.revision.RevisionRules;
import cn.jincai.review.Decision;
import cn.jincai.review.standing.StandingGrants;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether what an officer asks for can be done with this decision; every mistake at once. */
@Component
class RevisionCheck {
    private static final int LONGEST_WORDS = 5000;

    private final IssuedDocuments issued;
    private final StandingGrants standing;

    RevisionCheck(IssuedDocuments issued, StandingGrants standing) {
        this.issued = issued;
        this.standing = standing;
    }

    /** @throws Problem INVALID with every mistake, CONFLICT where nothing of the decision is in force any more */
    Change change(CaseNumber number, Decision decision, RevisionRules rules, RevisionKind kind, Revisions.Asked asked) {
        List<Mistake> mistakes = new ArrayList<>();
        if (rules.reason(kind, trimmed(asked.reason())).isEmpty())
            mistakes.add(Mistake.of(
                    "reason",
                    "revision.reason.UNKNOWN",
                    String.join(
                            ", ",
                            rules.reasons(kind).stream()
                                    .map(RevisionRules.Reason::code)
                                    .toList())));
        written("words", asked.words(), LONGEST_WORDS, mistakes);
        Change change = switch (kind) {
            case CORRECTION -> correction(number, decision, asked, mistakes);
            case REVOCATION, RECHECK -> Change.of(benefits(number, asked, mistakes));
            case REVIEW_OUTCOME -> outcome(number, asked, mistakes);
        };
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        return change;
    }

    private Change correction(CaseNumber number, Decision decision, Revisions.Asked asked, List<Mistake> mistakes) {
        written("wrong", asked.wrong(), Change.LONGEST, mistakes);
        written("right", asked.right(), Change.LONGEST, mistakes);
        Change change = Change.ofWords(trimmed(asked.wrong()), trimmed(asked.right()));
        if (mistakes.stream()
                .anyMatch(m -> m.field().equals("wrong") || m.field().equals("right"))) return change;
        if (Objects.equals(change.wrong(), change.right()))
            mistakes.add(Mistake.of("right", "revision.right.THE_SAME"));
        else if (!issued.says(number, decision.document(), trimmed(asked.wrong())))
            mistakes.add(Mistake.of("wrong", "revision.wrong.NOT_SAID"));
        return change;
    }

    private List<String> benefits(CaseNumber number, Revisions.Asked asked, List<Mistake> mistakes) {
        List<String> inForce =
                standing.of(number).stream().map(StandingGrants.Grant::benefit).toList();
        if (inForce.isEmpty()) throw Problem.conflict("revision.NOTHING_IN_FORCE");
        List<String> chosen = asked.benefits() == null ? List.of() : asked.benefits();
        if (chosen.isEmpty() || !inForce.containsAll(chosen))
            mistakes.add(Mistake.of("benefits", "revision.benefits.NOT_IN_FORCE", String.join(", ", inForce)));
        return inForce.stream().filter(chosen::contains).toList();
    }

    private Change outcome(CaseNumber number, Revisions.Asked asked, List<Mistake> mistakes) {
        String result = trimmed(asked.result());
        if (result.equals(Change.REVOKED))
            return new Change(null, null, benefits(number, asked, mistakes), Change.REVOKED);
        if (!result.equals(Change.UPHELD))
            mistakes.add(
                    Mistake.of("result", "revision.result.UNKNOWN", String.join(", ", Change.UPHELD, Change.REVOKED)));
        return new Change(null, null, List.of(), Change.UPHELD);
    }

    private static void written(String field, @Nullable String words, int longest, List<Mistake> mistakes) {
        String stripped = trimmed(words);
        if (stripped.isEmpty()) mistakes.add(Mistake.of(field, "revision.words.REQUIRED"));
        else if (stripped.codePointCount(0, stripped.length()) > longest)
            mistakes.add(Mistake.of(field, "revision.words.TOO_LONG", longest));
    }

    static String trimmed(@Nullable String words) {
        return words == null ? "" : words.strip();
    }
}
