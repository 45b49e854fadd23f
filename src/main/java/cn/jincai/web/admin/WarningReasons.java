package cn.jincai.web.admin;

import cn.jincai.kernel.Problem.Mistake;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reasons as they were typed under warnings. What a page warned of may be another thing by the time that it is sent: a reason goes with the warning under which it was written. */
final class WarningReasons {
    private WarningReasons() {}

    /** What a warning is about, for the form to say. */
    static String about(Mistake warning) {
        return warning.code() + " " + warning.field(); // as version.html and registers.html have it
    }

    /** @param typed {@code warning-0} and so on, with {@code about-0} what each was about @return one for each warning of now, empty where it was not seen */
    static List<String> of(List<Mistake> warnings, Map<String, String> typed) {
        Map<String, String> byWarning = new TreeMap<>();
        for (int i = 0; typed.containsKey("about-" + i); i++)
            byWarning.put(typed.get("about-" + i), typed.getOrDefault("warning-" + i, ""));
        return warnings.stream()
                .map(warning -> byWarning.getOrDefault(about(warning), ""))
                .toList();
    }
}
