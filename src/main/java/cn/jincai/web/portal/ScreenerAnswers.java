package cn.jincai.web.portal;

import cn.jincai.policy.forms.Form;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody told the screeners, by key, for as long as his visit lasts: it is neither in an address nor in the database, and one screener need not ask what
 * another was told. Ends with the session, at sign-out, or when he clears it.
 */
final class ScreenerAnswers {
    /** Characters of an answer; a screener asks for nothing longer, and anybody may fill a session. */
    private static final int LONGEST = 1_000;

    private final Map<String, Object> answers = Collections.synchronizedMap(new LinkedHashMap<>());

    private ScreenerAnswers() {}

    static ScreenerAnswers in(HttpSession session) {
        if (session.getAttribute(ScreenerAnswers.class.getName()) instanceof ScreenerAnswers told) return told;
        ScreenerAnswers told = new ScreenerAnswers();
        session.setAttribute(ScreenerAnswers.class.getName(), told);
        return told;
    }

    /** @param read as the form reads them; null where a field was left empty, which is kept as such */
    void keep(Map<String, Object> read) {
        read.forEach((key, value) -> answers.put(key, String.valueOf(value).length() > LONGEST ? null : value));
    }

    /** Those that this form asks; empty where it was told nothing. */
    Map<String, Object> of(List<Form.Field> asked) {
        Map<String, Object> these = new LinkedHashMap<>();
        asked.stream().filter(f -> answers.containsKey(f.key())).forEach(f -> these.put(f.key(), answers.get(f.key())));
        return these;
    }

    void clear() {
        answers.clear();
    }
}
