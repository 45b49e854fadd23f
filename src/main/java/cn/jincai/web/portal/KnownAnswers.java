package cn.jincai.web.portal;

import cn.jincai.filing.remembered.Known;
import cn.jincai.filing.remembered.Origin;
import cn.jincai.policy.forms.Form;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is known of an applicant before he begins, in words.
 *
 * @param own whether it is known whose the account is; else he says whether he applies for the same person as last
 */
public record KnownAnswers(List<Line> lines, boolean own) {
    static final KnownAnswers NONE = new KnownAnswers(List.of(), true);

    /** @param said the answer as the form shows it */
    public record Line(Form.Field field, String said, Origin origin) {}

    /** The person's name, where he is one whom the account only applies for. */
    public String name() {
        return lines.stream()
                .filter(l -> l.field.key().equals("name"))
                .map(Line::said)
                .findFirst()
                .orElse("");
    }

    public Map<Origin, List<Line>> byOrigin() {
        return lines.stream().collect(Collectors.groupingBy(Line::origin, LinkedHashMap::new, Collectors.toList()));
    }

    static KnownAnswers of(Form form, List<Known> known, boolean own, ObjectMapper json, LocalDate today) {
        return new KnownAnswers(
                known.stream()
                        .flatMap(k -> form.field(k.key()).stream().map(f -> line(f, k, json, today)))
                        .toList(),
                own);
    }

    static Line line(Form.Field field, Known known, ObjectMapper json, LocalDate today) {
        Map<String, Object> answer = Map.of(field.key(), json.convertValue(known.value(), Object.class));
        Form alone = new Form(field.key(), field.id(), List.of(field), List.of());
        FormPage page = new FormPage(alone, alone.parts(), answer, List.of(), List.of(), Map.of(), today, false);
        return new Line(field, String.valueOf(page.said(field)), known.origin());
    }
}
