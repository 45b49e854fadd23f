package cn.jincai.web.portal.screener;

import cn.jincai.kernel.Text;
import cn.jincai.planning.SchemeQuestions;
import cn.jincai.planning.Told;
import cn.jincai.policy.forms.Form;
import cn.jincai.web.portal.FormPage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was said to a question, in words, or what is assumed of something that only a record knows.
 *
 * @param answer null for "I don't know", or where nothing can be assumed
 */
record GivenAnswer(String key, Text label, @Nullable String answer) {
    /** In the order in which they were answered; what no scheme asks any more is left out. */
    static List<GivenAnswer> of(List<SchemeQuestions> schemes, Told told, LocalDate today) {
        List<GivenAnswer> given = new ArrayList<>();
        for (String key : told.said().keySet())
            AskedQuestion.of(schemes, key).ifPresent(asked -> given.add(said(asked, told.answer(key), today)));
        return given;
    }

    /** Of each scheme what is assumed and was not answered otherwise, each once. */
    static List<GivenAnswer> assumed(List<SchemeQuestions> schemes, Told told, LocalDate today) {
        List<GivenAnswer> assumed = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>(told.said().keySet());
        for (SchemeQuestions scheme : schemes)
            for (Form.Field field : scheme.assumed())
                if (seen.add(field.key()))
                    AskedQuestion.of(List.of(scheme), field.key())
                            .ifPresent(asked -> assumed.add(said(asked, field.defaultValue(), today)));
        return assumed;
    }

    private static GivenAnswer said(AskedQuestion asked, @Nullable Object answer, LocalDate today) {
        Form.Field field = asked.field();
        Map<String, Object> answers = new HashMap<>();
        if (answer != null) answers.put(field.key(), answer);
        FormPage page =
                new FormPage(asked.alone(), List.of(field), answers, List.of(), List.of(), Map.of(), today, false);
        String said = page.said(field);
        return new GivenAnswer(field.key(), field.label(), said);
    }

    /** Nothing was chosen from a list, of which nothing is there. */
    public boolean isNone() {
        return answer != null && answer.isEmpty();
    }
}
