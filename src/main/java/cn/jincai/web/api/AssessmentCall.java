package cn.jincai.web.api;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.assessment.Assessment;
import cn.jincai.assessment.Assessments;
import cn.jincai.assessment.Facts;
import cn.jincai.assessment.NextQuestion;
import cn.jincai.assessment.RosterLines;
import cn.jincai.assessment.explanation.Explained;
import cn.jincai.assessment.explanation.Explanations;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.IsoDay;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.planning.AllSchemes;
import cn.jincai.policy.Packages;
import cn.jincai.policy.PolicyPackage;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The public assessment call: a request in JSON, all that is wrong with it told at once (rulebook 2.16), or the assessment. */
@Service
public class AssessmentCall {
    private static final List<String> FIELDS = List.of("scheme", "applicationDate", "facts"),
            FIELDS_WITH_LINES = List.of("scheme", "applicationDate", "facts", "lines"),
            FIELDS_OF_ALL = List.of("applicationDate", "facts", "period");
    private static final Period THREE_YEARS = Period.ofYears(3), LONGEST = Period.ofYears(10);
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader()
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final Packages packages;
    private final Facts facts;
    private final Assessments assessments;
    private final Explanations explanations;
    private final NextQuestion next;
    private final CityClock clock;

    AssessmentCall(
            Packages packages,
            Facts facts,
            Assessments assessments,
            Explanations explanations,
            NextQuestion next,
            CityClock clock) {
        this.packages = packages;
        this.facts = facts;
        this.assessments = assessments;
        this.explanations = explanations;
        this.next = next;
        this.clock = clock;
    }

    /**
     * @param body JSON with {@code scheme}, {@code applicationDate} (default today), {@code facts}, and of a scheme with a roster {@code lines}
     * @throws Problem MALFORMED with a mistake for each wrong field
     */
    public Assessment answer(byte[] body) {
        Asked asked = asked(body, FIELDS_WITH_LINES);
        return assessments.assess(
                asked.policy, asked.day, asked.facts, asked.lines, Adjustments.NONE, assessments.calendar());
    }

    /** The same, explained; see {@link #answer}. */
    public Explained explain(byte[] body) {
        Asked asked = asked(body);
        return explanations.explain(asked.policy, asked.day, asked.facts, Adjustments.NONE);
    }

    /** The same request: which facts that it does not tell can still change the answer. */
    public NextQuestion.Next next(byte[] body) {
        Asked asked = asked(body);
        return next.after(asked.policy, asked.day, asked.facts);
    }

    private record Asked(
            PolicyPackage policy, LocalDate day, Map<String, Object> facts, List<AssessedLine.Told> lines) {}

    private Asked asked(byte[] body) {
        return asked(body, FIELDS);
    }

    private Asked asked(byte[] body, List<String> fields) {
        JsonNode json = json(body);
        List<Mistake> mistakes = new ArrayList<>();
        known(json, fields, mistakes);
        PolicyPackage policy = policy(json.get("scheme"), mistakes);
        LocalDate applied = applicationDate(json.get("applicationDate"), mistakes);
        Map<String, Object> told = facts.read(policy == null ? null : policy.catalogue(), json.get("facts"), mistakes);
        List<AssessedLine.Told> lines = policy == null || !json.hasNonNull("lines")
                ? List.of()
                : RosterLines.read(policy.catalogue(), json.get("lines"), mistakes);
        if (policy == null || applied == null || !mistakes.isEmpty()) throw Facts.malformed(mistakes);
        return new Asked(policy, applied, told, lines);
    }

    /**
     * @param body JSON with {@code applicationDate} (default today), {@code facts} of all schemes and {@code period} (ISO 8601 such as P3Y, which it is otherwise; at most P10Y)
     * @throws Problem MALFORMED with a mistake for each wrong field
     */
    public AllSchemes.Person person(byte[] body) {
        JsonNode json = json(body);
        List<Mistake> mistakes = new ArrayList<>();
        known(json, FIELDS_OF_ALL, mistakes);
        LocalDate applied = applicationDate(json.get("applicationDate"), mistakes);
        Period period = period(json.get("period"), mistakes);
        facts.read(null, json.get("facts"), mistakes);
        List<PolicyPackage> schemes = packages.offered();
        Map<String, Map<String, Object>> told = new TreeMap<>();
        if (mistakes.isEmpty())
            for (PolicyPackage p : schemes)
                told.put(p.scheme(), facts.read(p.catalogue(), json.get("facts"), mistakes));
        if (applied == null || !mistakes.isEmpty())
            throw Facts.malformed(mistakes.stream().distinct().toList());
        return new AllSchemes.Person(applied, applied.plus(period), schemes, told);
    }

    private static void known(JsonNode json, List<String> fields, List<Mistake> mistakes) {
        json.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field))
                mistakes.add(Mistake.of(
                        field.length() <= 60 ? field : "?", "web.assessment.UNKNOWN_FIELD", Text.list(fields)));
        });
    }

    private static Period period(@Nullable JsonNode period, List<Mistake> mistakes) {
        if (period == null || period.isNull()) return THREE_YEARS;
        if (period.isTextual()
                && period.textValue().matches("P(\\d{1,3}Y)?(\\d{1,3}M)?(\\d{1,3}D)?")
                && period.textValue().length() > 1) {
            Period read = Period.parse(period.textValue());
            if (read.toTotalMonths() + read.getDays() / 28 <= LONGEST.toTotalMonths()) return read;
        }
        mistakes.add(Mistake.of("period", "web.assessment.PERIOD"));
        return THREE_YEARS;
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json != null && json.isObject()) return json;
        } catch (IOException e) {
            throw noJson();
        }
        throw noJson();
    }

    private static Problem noJson() {
        return Facts.malformed(List.of(Mistake.of("body", "web.assessment.NOT_JSON")));
    }

    private @Nullable PolicyPackage policy(@Nullable JsonNode scheme, List<Mistake> mistakes) {
        if (scheme == null || scheme.isNull()) {
            mistakes.add(Mistake.of("scheme", "web.assessment.scheme.MISSING"));
        } else if (!scheme.isTextual()) {
            mistakes.add(Mistake.of("scheme", "web.assessment.scheme.WRONG_TYPE"));
        } else {
            List<PolicyPackage> all = packages.offered();
            for (PolicyPackage p : all) if (p.scheme().equals(scheme.textValue())) return p;
            String known =
                    String.join(", ", all.stream().map(PolicyPackage::scheme).toList());
            mistakes.add(Mistake.of("scheme", "web.assessment.scheme.UNKNOWN_SCHEME", known));
        }
        return null;
    }

    private @Nullable LocalDate applicationDate(@Nullable JsonNode date, List<Mistake> mistakes) {
        if (date == null || date.isNull()) return clock.today();
        LocalDate day = date.isTextual() ? IsoDay.read(date.textValue()) : null;
        if (day == null)
            mistakes.add(new Mistake(
                    "applicationDate",
                    date.isTextual() ? "DATE" : "WRONG_TYPE",
                    Text.of("web.assessment.applicationDate")));
        return day;
    }
}
