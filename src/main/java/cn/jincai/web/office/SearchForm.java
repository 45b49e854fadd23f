package cn.jincai.web.office;

import cn.jincai.filing.searches.Criteria;
import cn.jincai.kernel.Problem;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The search for cases as it is typed; sums in yuan. It travels in the body alone, never in an address. */
record SearchForm(
        @Nullable String q,
        @Nullable String document,
        @Nullable String employer,
        @Nullable String stage,
        @Nullable String scheme,
        @Nullable String from,
        @Nullable String to,
        @Nullable String least,
        @Nullable String most,
        @Nullable String purpose,
        @Nullable Integer page,
        @Nullable String name) {
    private static final long MOST_YUAN = 10_000_000_000L;
    private static final int LONGEST = 100;

    /** @throws Problem INVALID for a day or a sum that is none */
    Criteria criteria() {
        return new Criteria(
                said(q),
                said(document),
                said(employer),
                said(stage),
                said(scheme),
                from == null ? null : TypedDay.of("from", from),
                to == null ? null : TypedDay.of("to", to),
                fen("least", least),
                fen("most", most));
    }

    /** As it was typed, for the form that is shown again. */
    Map<String, @Nullable String> typed() {
        Map<String, @Nullable String> typed = new HashMap<>();
        typed.put("q", q);
        typed.put("document", document);
        typed.put("employer", employer);
        typed.put("stage", stage);
        typed.put("scheme", scheme);
        typed.put("from", from);
        typed.put("to", to);
        typed.put("least", least);
        typed.put("most", most);
        typed.put("purpose", purpose);
        typed.put("name", name);
        return typed;
    }

    static SearchForm of(Criteria c) {
        return new SearchForm(
                c.words(),
                c.document(),
                c.employer(),
                c.stage(),
                c.scheme(),
                c.from() == null ? null : c.from().toString(),
                c.to() == null ? null : c.to().toString(),
                c.least() == null ? null : String.valueOf(c.least() / 100),
                c.most() == null ? null : String.valueOf(c.most() / 100),
                null,
                null,
                null);
    }

    private static @Nullable String said(@Nullable String typed) {
        if (typed == null || typed.isBlank()) return null;
        String said = typed.strip();
        return said.codePointCount(0, said.length()) > LONGEST
                ? said.substring(0, said.offsetByCodePoints(0, LONGEST))
                : said;
    }

    private static @Nullable Long fen(String field, @Nullable String yuan) {
        if (yuan == null || yuan.isBlank()) return null;
        String digits = yuan.strip().replace(",", "").replace("，", "");
        if (!digits.matches("\\d{1,11}") || Long.parseLong(digits) > MOST_YUAN)
            throw Problem.invalid(field, "filing.search.sum.NOT_A_SUM");
        return Long.parseLong(digits) * 100;
    }
}
