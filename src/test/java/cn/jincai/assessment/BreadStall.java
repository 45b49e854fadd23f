package cn.jincai.assessment;

import cn.jincai.assessment.verification.RulesCheck;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.policy.Findings;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.PolicyPackage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bakers' package, whose aid is calculated month by month, with some of it written differently; and a baker who claims the first quarter of 2026. */
final class BreadStall {
    static final LocalDate DAY = LocalDate.of(2026, 5, 6);
    static final String SCHEME = "scheme.yaml",
            PARAMETERS = "rulesets/2026-01/parameters.yaml",
            CONDITIONS = "rulesets/2026-01/conditions.dmn",
            EXAMPLES = "rulesets/2026-01/examples.yaml";

    private final SortedMap<String, byte[]> files = MadeUpPackage.files(MadeUpPackage.BY_MONTH);

    BreadStall with(String file, String was, String is) {
        String before = new String(files.get(file), StandardCharsets.UTF_8);
        if (!before.contains(was)) throw new IllegalArgumentException(file + " does not hold " + was);
        files.put(file, before.replace(was, is).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** One more derived value. */
    BreadStall withDerived(String line) {
        return with(SCHEME, "  benefits:\n    STALL_AID", "    - " + line + "\n  benefits:\n    STALL_AID");
    }

    /** Paid is what this comes to. */
    BreadStall paying(String derived) {
        String benefits = "rulesets/2026-01/benefits.dmn";
        return with(
                benefits, "<text>aidOfTheQuarter</text></outputEntry>", "<text>" + derived + "</text></outputEntry>");
    }

    /** A second table of what is paid, looked at beside the first. */
    BreadStall withRow(String column, String cell, String amount) {
        String benefits = "rulesets/2026-01/benefits.dmn",
                text = new String(files.get(benefits), StandardCharsets.UTF_8);
        String sum = amount.equals("rentOf") ? "30000" : amount;
        String input = "<input id=\"aid-second\" label=\"另一列\"><inputExpression id=\"aid-second-x\"><text>" + column
                + "</text></inputExpression></input>";
        String row = "<rule id=\"aid-row-2\"><inputEntry id=\"aid-2-a\"><text>&gt; 0</text></inputEntry>"
                + "<inputEntry id=\"aid-2-b\"><text>" + cell + "</text></inputEntry>"
                + "<outputEntry id=\"aid-2-r\"><text>\"A-02\"</text></outputEntry>"
                + "<outputEntry id=\"aid-2-s\"><text>\"SOURCED\"</text></outputEntry>"
                + "<outputEntry id=\"aid-2-f\"><text>" + sum + "</text></outputEntry></rule>";
        text = text.replaceFirst("(<output id=\"aid-rule\")", java.util.regex.Matcher.quoteReplacement(input) + "$1")
                .replaceFirst("(</inputEntry>)", "$1<inputEntry id=\"aid-1-b\"><text></text></inputEntry>")
                .replace("</rule>", "</rule>" + row);
        files.put(benefits, text.getBytes(StandardCharsets.UTF_8));
        return with("rulesets/2026-01/sources.yaml", "rules: [A-01]", "rules: [A-01, A-02]");
    }

    PolicyPackage read() {
        try {
            return MadeUpPackage.of(MadeUpPackage.BY_MONTH, files);
        } catch (Problem p) {
            throw new AssertionError(p.mistakes().toString(), p);
        }
    }

    /** All that is wrong with it. */
    List<Mistake> findings() {
        Findings findings = new Findings();
        try {
            new RulesCheck().check(MadeUpPackage.of(MadeUpPackage.BY_MONTH, files), findings);
        } catch (Problem unread) {
            findings.addAll(unread.mistakes());
        }
        return findings.all();
    }

    static Map<String, Object> baker() {
        return new HashMap<>(Map.of(
                "birthDate", LocalDate.of(1988, 3, 4),
                "identityVerified", true,
                "banned", false,
                "stallOpenedOn", LocalDate.of(2025, 6, 1),
                "claimPeriod", "2026-Q1",
                "stallRent", months("2026-01", 120_000L, 120_000L, 75_000L),
                "insured", months("2025-12", true, true, true, true)));
    }

    /** The values of months next to each other; null for one of which nobody knows. */
    static Map<String, Object> months(String first, Object... values) {
        Map<String, Object> months = new TreeMap<>();
        YearMonth month = YearMonth.parse(first);
        for (Object value : values) {
            months.put(month.toString(), value);
            month = month.plusMonths(1);
        }
        return months;
    }
}
