package cn.jincai.policy.reading;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Pool;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Derived;
import cn.jincai.policy.Scheme.Fact;
import cn.jincai.policy.Scheme.Over;
import cn.jincai.policy.Scheme.Type;
import cn.jincai.policy.YamlEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code pools}. A pool is said in the words that there are: a fact of own records (what was taken before, read again under a lock when something is decided on
 * it), and a calculation for each benefit, of what that and the benefits before it leave. So it is judged, explained, searched and planned with as everything else is.
 */
final class PoolReader {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private final ToldNames names;
    private final List<YamlEntry> entries;
    private final Set<String> statuses = new HashSet<>();

    PoolReader(SchemeFile file, ToldNames names) {
        this.names = names;
        entries = file.pools();
        for (YamlEntry benefit : file.own().get("benefits").list())
            if (benefit.get("kind").text("").equals("status"))
                statuses.add(benefit.get("code").text(""));
    }

    /** What was taken from each pool before. */
    List<Fact> facts() {
        return entries.stream().map(this::used).toList();
    }

    private Fact used(YamlEntry e) {
        e.knows("code", "name", "atMost", "within", "benefits");
        String code = ToldNames.name(e.get("code"));
        for (String name : List.of(code + "Used", code + "Holds"))
            if (!names.facts().add(name)) e.wrong("policy.fact.TWICE", name);
        return new Fact(
                code + "Used",
                Type.FEN,
                List.of(),
                false,
                Text.of("policy.pool.used", e.get("name").bilingual()),
                "own-records",
                new Scheme.Count(
                        "amountFen",
                        e.get("benefits").texts(),
                        CountReader.within(e.get("within")),
                        List.of(),
                        null,
                        Map.of(),
                        null,
                        CountReader.span(e.get("within")),
                        Scheme.Whose.PERSON),
                Scheme.Absent.UNKNOWN,
                0,
                null,
                Scheme.Changes.never,
                false,
                List.of(),
                false,
                "");
    }

    /** @param derived those of the scheme, to which what is left of each pool is added */
    List<Pool> pools(List<Derived> derived) {
        return entries.stream().map(e -> pool(e, derived)).toList();
    }

    private Pool pool(YamlEntry e, List<Derived> derived) {
        String code = e.get("code").text();
        Text name = e.get("name").bilingual();
        List<String> benefits = e.get("benefits").texts();
        if (benefits.size() != new HashSet<>(benefits).size()) e.get("benefits").wrong("policy.yaml.TWICE", code);
        List<String> own = names.benefits().stream().filter(benefits::contains).toList();
        if (own.isEmpty()) e.get("benefits").wrong("policy.pool.NONE_OF_OWN", String.join(", ", names.benefits()));
        for (String benefit : own)
            if (statuses.contains(benefit)) e.get("benefits").wrong("policy.pool.NO_MONEY", benefit);
        String atMost = e.get("atMost").text(), inCircle = circle(atMost, derived, own, new HashSet<>());
        if (inCircle != null) e.get("atMost").wrong("policy.pool.CIRCLE", inCircle);
        add(derived, e, code + "Holds", Computation.calculation, Text.of("policy.pool.holds", name), atMost, "");
        Map<String, String> left = new LinkedHashMap<>();
        String before = code + "Holds - " + code + "Used";
        for (String benefit : own) {
            int n = left.size() + 1;
            add(derived, e, code + "Left" + n, Computation.calculation, Text.of("policy.pool.left", name), before, "");
            left.put(benefit, code + "Left" + n);
            add(derived, e, code + "Takes" + n, Computation.sumOf, Text.of("policy.pool.takes", name), "", benefit);
            before = code + "Left" + n + " - " + code + "Takes" + n;
        }
        return new Pool(
                code,
                name,
                atMost,
                benefits,
                CountReader.within(e.get("within")),
                CountReader.span(e.get("within")),
                left);
    }

    private static void add(
            List<Derived> derived, YamlEntry e, String name, Computation as, Text label, String is, String benefit) {
        derived.add(new Derived(
                name, as, label, "", "", "", "", Map.of(), is, "", "", benefit, e.file(), e.place(), Over.NOTHING));
    }

    /** The benefit of the pool on whose sum its cap depends; null where there is none. */
    private static @Nullable String circle(String text, List<Derived> derived, List<String> own, Set<String> seen) {
        List<String> words = new ArrayList<>();
        WORD.matcher(text).results().forEach(found -> words.add(found.group()));
        for (Derived d : derived) {
            if (!words.contains(d.name()) || !seen.add(d.name())) continue;
            if (d.as() == Computation.sumOf && own.contains(d.benefit())) return d.benefit();
            String behind = circle(String.join(" ", d.is(), d.from(), d.on(), d.of(), d.months()), derived, own, seen);
            if (behind != null) return behind;
        }
        return null;
    }
}
