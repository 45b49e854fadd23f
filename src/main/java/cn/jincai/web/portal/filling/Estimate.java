package cn.jincai.web.portal.filling;

import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Benefit;
import cn.jincai.assessment.Reason;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.forms.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would come to with its answers so far. What is not known yet is never a no, and what only a source can tell is nothing that the applicant owes.
 *
 * @param state    of the whole: {@code refused} where every benefit is, {@code granted} where none is open that is not refused, {@code open} otherwise
 * @param fen      what those not refused add up to, in fen; 0 where no sum is known or none is paid
 * @param missing  labels of what this form asks, is not answered and could still change it
 * @param checked  labels of what sources are asked after it is sent
 * @param refusals why, where all of it is refused; each once
 */
public record Estimate(
        String state, long fen, List<Line> lines, List<Text> missing, List<Text> checked, List<Text> refusals) {
    /** @param state {@code granted}, {@code open} or {@code refused} */
    public record Line(
            Text name, String state, long fen, @Nullable Integer level) {}

    public static Estimate of(Scheme scheme, Form form, Assessment said) {
        List<Line> lines = said.benefits().stream()
                .map(b -> new Line(scheme.benefit(b.code()).name(), state(b.verdict()), b.amountFen(), b.level()))
                .toList();
        Set<Text> missing = new LinkedHashSet<>(), checked = new LinkedHashSet<>();
        reasons(said, false).filter(r -> r.fact() != null && r.actual() == null).forEach(r -> {
            String fact = Objects.requireNonNull(r.fact());
            boolean asked = form.field(fact).isPresent();
            scheme.fact(fact).ifPresent(f -> (asked ? missing : checked).add(f.label()));
        });
        String whole = whole(lines);
        List<Text> refusals = whole.equals("refused")
                ? reasons(said, true)
                        .map(Reason::message)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList()
                : List.of();
        long fen = lines.stream()
                .filter(l -> !l.state.equals("refused"))
                .mapToLong(Line::fen)
                .sum();
        return new Estimate(whole, fen, lines, new ArrayList<>(missing), new ArrayList<>(checked), refusals);
    }

    private static String state(Verdict verdict) {
        return verdict == Verdict.APPROVE ? "granted" : verdict == Verdict.REJECT ? "refused" : "open";
    }

    private static String whole(List<Line> lines) {
        if (!lines.isEmpty() && lines.stream().allMatch(l -> l.state.equals("refused"))) return "refused";
        return lines.stream().noneMatch(l -> l.state.equals("open")) ? "granted" : "open";
    }

    /** Beside a refusal nothing else of its benefit matters. */
    private static Stream<Reason> reasons(Assessment said, boolean ofRefusals) {
        return said.benefits().stream()
                .filter(b -> (b.verdict() == Verdict.REJECT) == ofRefusals)
                .map(Benefit::reasons)
                .flatMap(List::stream)
                .filter(r -> !ofRefusals || r.effect() == Verdict.REJECT);
    }
}
