package cn.jincai.web.inquiry;

import cn.jincai.inquiry.Question;
import cn.jincai.kernel.Problem;
import cn.jincai.web.office.TypedDay;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question to the record as it is typed or called. It travels in the body alone, never in an address. */
record QuestionForm(
        @Nullable String number,
        @Nullable String person,
        @Nullable String document,
        @Nullable String kind,
        @Nullable String account,
        @Nullable String role,
        @Nullable String from,
        @Nullable String to,
        @Nullable String purpose,
        @Nullable Integer page) {
    private static final int LONGEST = 100;

    /** @throws Problem INVALID for what is no day */
    Question question() {
        return new Question(
                said(number),
                said(person),
                said(document),
                said(kind),
                said(account),
                said(role),
                from == null ? null : TypedDay.of("from", from),
                to == null ? null : TypedDay.of("to", to));
    }

    int shown() {
        return page == null ? 0 : page;
    }

    /** As it was typed, for the form that is shown again. */
    Map<String, @Nullable String> typed() {
        Map<String, @Nullable String> typed = new HashMap<>();
        typed.put("number", number);
        typed.put("person", person);
        typed.put("document", document);
        typed.put("kind", kind);
        typed.put("account", account);
        typed.put("role", role);
        typed.put("from", from);
        typed.put("to", to);
        typed.put("purpose", purpose);
        return typed;
    }

    private static @Nullable String said(@Nullable String typed) {
        if (typed == null || typed.isBlank()) return null;
        String said = typed.strip();
        return said.codePointCount(0, said.length()) > LONGEST
                ? said.substring(0, said.offsetByCodePoints(0, LONGEST))
                : said;
    }
}
