package cn.jincai.web.office;

import cn.jincai.kernel.Page;
import cn.jincai.process.bulk.BulkApprovals.Shown;
import cn.jincai.process.bulk.LikeTasks.Candidate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page of like tasks sends: all that was shown, so that nothing comes along that nobody has seen, and what was unticked, on this page of the list or another.
 *
 * @param key   of this form: sent twice it is carried out once
 * @param batch in which the payments were made, or null
 * @param shown {@code task:fen,task:fen}
 * @param here  the tasks with a box on this page of the list
 * @param in    those of them whose box is ticked
 * @param out   those that were unticked on other pages of it
 */
public record BulkForm(
        @Nullable String key,
        String scheme,
        String step,
        @Nullable Long batch,
        @Nullable String shown,
        @Nullable String here,
        @Nullable List<String> in,
        @Nullable String out,
        @Nullable Integer page) {

    public BulkForm {
        scheme = Objects.toString(scheme, ""); // of a request that no page of ours has sent
        step = Objects.toString(step, "");
    }

    /** What is still to be looked at, the first 100 of it. */
    static BulkForm first(String scheme, String step, @Nullable Long batch) {
        return new BulkForm(UUID.randomUUID().toString(), scheme, step, batch, null, null, null, null, null);
    }

    public int at() {
        return page == null ? 0 : Math.max(0, page);
    }

    /** With what they came to when they were shown. What is no such list is none. */
    Map<String, Long> seen() {
        Map<String, Long> seen = new LinkedHashMap<>();
        for (String one : words(shown)) {
            String[] parts = one.split(":", 2);
            if (parts.length == 2 && !parts[0].isEmpty() && parts[1].matches("\\d{1,15}"))
                seen.put(parts[0], Long.valueOf(parts[1]));
        }
        return seen;
    }

    /** What was unticked, on whichever page. */
    Set<String> unticked() {
        Set<String> unticked = new LinkedHashSet<>(words(out));
        List<String> there = words(here);
        there.forEach(unticked::remove);
        Set<String> ticked = in == null ? Set.of() : Set.copyOf(in);
        there.stream().filter(task -> !ticked.contains(task)).forEach(unticked::add);
        return unticked;
    }

    /** What is left of it. */
    List<Shown> chosen() {
        Set<String> unticked = unticked();
        return seen().entrySet().stream()
                .filter(e -> !unticked.contains(e.getKey()))
                .map(e -> new Shown(e.getKey(), e.getValue()))
                .toList();
    }

    static String shown(List<Candidate> plain) {
        return plain.stream()
                .map(c -> c.task().id() + ":" + c.plain().amountFen())
                .collect(Collectors.joining(","));
    }

    /** Of this page of the list. */
    static <T> Page<T> page(List<T> all, int page) {
        int last = all.isEmpty() ? 0 : (all.size() - 1) / Page.LARGEST, at = Math.min(page, last);
        return new Page<>(
                all.stream()
                        .skip(Page.offset(at, Page.LARGEST))
                        .limit(Page.LARGEST)
                        .toList(),
                at,
                Page.LARGEST,
                all.size());
    }

    private static List<String> words(@Nullable String list) {
        return list == null || list.isBlank() ? List.of() : Arrays.asList(list.split(","));
    }
}
