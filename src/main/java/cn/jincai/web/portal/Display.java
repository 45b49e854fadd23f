package cn.jincai.web.portal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How pages look to somebody.
 *
 * @param colours {@code light} or {@code dark}; null: as the device asks for
 * @param large   letters a quarter larger
 * @param high    nothing pale: black on white, or white on black
 * @param still   nothing moves
 */
public record Display(@Nullable String colours, boolean large, boolean high, boolean still) {
    static final Display PLAIN = new Display(null, false, false, false);

    private static final String LIGHT = "light", DARK = "dark", LARGE = "large", HIGH = "high", STILL = "still";

    /** @param words with dots between; what is no word of these says nothing */
    static Display of(String words) {
        Set<String> said = new HashSet<>(List.of(words.split("\\.")));
        return new Display(
                said.contains(DARK) ? DARK : said.contains(LIGHT) ? LIGHT : null,
                said.contains(LARGE),
                said.contains(HIGH),
                said.contains(STILL));
    }

    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (colours != null) words.add(colours);
        if (large) words.add(LARGE);
        if (high) words.add(HIGH);
        if (still) words.add(STILL);
        return words;
    }

    /** For elderly people 长辈模式: large and clear. */
    public boolean isForElders() {
        return large && high;
    }

    Display forElders(boolean elders) {
        return new Display(colours, elders, elders, still);
    }

    /** Of the page's root, as the stylesheet knows them. */
    public String classes() {
        return String.join(" ", words().stream().map("jc-"::concat).toList());
    }
}
