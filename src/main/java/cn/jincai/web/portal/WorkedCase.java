package cn.jincai.web.portal;

import cn.jincai.assessment.Assessment;
import cn.jincai.kernel.Text;
import cn.jincai.kernel.Verdict;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A worked case of {@code examples.yaml} as applicants read it: the gate has proved it against the rules before the package was published.
 *
 * @param noticesUntil the last year whose notice on holidays it takes as known, null where it says nothing of it
 * @param facts        what is known of the person, in the scheme's order
 */
public record WorkedCase(
        Text name, LocalDate day, @Nullable Integer noticesUntil, List<Known> facts, List<Result> results) {
    public record Known(Scheme.Fact fact, Object value) {}

    /** @param reasons each as that person would read it, with his own values */
    public record Result(
            Text benefit,
            Verdict verdict,
            long amountFen,
            @Nullable Integer level,
            List<Text> reasons) {}

    static WorkedCase of(Scheme scheme, cn.jincai.assessment.WorkedCase worked, Assessment found) {
        return new WorkedCase(
                worked.name(),
                worked.applicationDate(),
                worked.noticesUntil(),
                scheme.facts().stream()
                        .flatMap(f ->
                                Stream.ofNullable(worked.facts().get(f.name())).map(value -> new Known(f, value)))
                        .toList(),
                found.benefits().stream()
                        .map(b -> new Result(
                                scheme.benefit(b.code()).name(),
                                b.verdict(),
                                b.amountFen(),
                                b.level(),
                                b.reasons().stream()
                                        .flatMap(r -> Stream.ofNullable(r.message()))
                                        .toList()))
                        .toList());
    }

    /** Without the places for values that a single case would fill. */
    public static Text plain(Text message) {
        return new Text(
                message.zh().replaceAll("[（“]?\\{\\w+}[：:]?\\s*(\\{\\w+})?[）”]?", "…"),
                message.en().replaceAll("[(\"]?\\{\\w+}[:]?\\s*(\\{\\w+})?[)\"]?", "…"));
    }
}
