package cn.jincai.web.portal;

import cn.jincai.kernel.Text;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Ruleset;
import cn.jincai.policy.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A worked case of {@code examples.yaml} as applicants read it: the gate has proved it against the rules before the package was published.
 *
 * @param noticesUntil the last year whose notice on holidays it takes as known, null where it says nothing of it
 */
public record WorkedCase(Text name, LocalDate day, @Nullable Integer noticesUntil, List<Result> results) {
    /** @param verdict APPROVE, REJECT, SUPPLEMENT, MANUAL; @param amountFen null where the example says nothing of it */
    public record Result(
            Text benefit,
            String verdict,
            @Nullable Long amountFen,
            @Nullable Integer level,
            List<Text> reasons) {}

    public static List<WorkedCase> read(PolicyPackage pack, Ruleset rules) {
        byte[] file = pack.files().get(rules.folder() + "examples.yaml");
        if (file == null) return List.of();
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(file, StandardCharsets.UTF_8));
        List<WorkedCase> cases = new ArrayList<>();
        for (Object entry : (List<?>) tree) cases.add(read(pack.catalogue(), map(entry)));
        return cases;
    }

    private static Map<?, ?> map(@Nullable Object entry) {
        return (Map<?, ?>) Objects.requireNonNull(entry);
    }

    private static WorkedCase read(Scheme scheme, Map<?, ?> entry) {
        Map<?, ?> name = map(entry.get("case")), expect = map(entry.get("expect"));
        List<Result> results = new ArrayList<>();
        for (Scheme.Benefit benefit : scheme.benefits())
            if (expect.get(benefit.code()) instanceof Map<?, ?> told && !Boolean.FALSE.equals(told.get("asked")))
                results.add(result(scheme, benefit, told));
        return new WorkedCase(
                new Text(String.valueOf(name.get("zh")), String.valueOf(name.get("en"))),
                day(entry.get("applicationDate")),
                entry.get("noticesUntil") instanceof Integer year ? year : null,
                results);
    }

    private static Result result(Scheme scheme, Scheme.Benefit benefit, Map<?, ?> told) {
        List<Text> reasons = new ArrayList<>();
        if (told.get("reasons") instanceof List<?> codes)
            for (Object code : codes) {
                Scheme.ReasonText reason = scheme.reasons().get(String.valueOf(code));
                if (reason != null) reasons.add(plain(reason.message()));
            }
        return new Result(
                benefit.name(),
                String.valueOf(told.get("verdict")),
                told.get("amountFen") instanceof Number n ? n.longValue() : null,
                told.get("level") instanceof Number n ? n.intValue() : null,
                reasons);
    }

    /** Without the places for values that a single case would fill. */
    public static Text plain(Text message) {
        return new Text(
                message.zh().replaceAll("[（“]?\\{\\w+}[：:]?\\s*(\\{\\w+})?[）”]?", "…"),
                message.en().replaceAll("[(\"]?\\{\\w+}[:]?\\s*(\\{\\w+})?[)\"]?", "…"));
    }

    private static LocalDate day(@Nullable Object value) {
        if (value instanceof Date date) return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
        return LocalDate.parse(String.valueOf(value));
    }
}
