package cn.jincai.policy;

import cn.jincai.kernel.Problem.Mistake;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a mistake of a package is.
 *
 * @param file path inside the package
 * @param in   line, element, table, row, column or way of keys; empty for the whole file
 */
public record Place(String file, String in) {
    private static final Pattern LINE = Pattern.compile("line (\\d+)"), NAME = Pattern.compile("[\\p{L}\\p{N}_-]+");
    /** What only says of which kind the name behind it is. */
    private static final Set<String> KINDS = Set.of("table", "row", "column", "cell", "document");

    /** A mistake's field is {@code file, place}, {@code file, #element} or {@code file#element}. */
    public static Place of(Mistake mistake) {
        String[] parts = mistake.field().split("(, #?|#)", 2);
        return new Place(parts[0], parts.length > 1 ? parts[1] : "");
    }

    /** The line, from 1, as an editor counts: the one that is told, or where the last of the place's names stands, each looked for behind the one before. */
    public int line(byte[] content) {
        Matcher told = LINE.matcher(in);
        if (told.lookingAt()) return Integer.parseInt(told.group(1));
        String text = new String(content, StandardCharsets.UTF_8);
        int at = 0;
        Matcher name = NAME.matcher(in);
        while (name.find()) {
            if (KINDS.contains(name.group())) continue;
            Matcher there = Pattern.compile(
                            "(?<![\\p{L}\\p{N}_-])" + Pattern.quote(name.group()) + "(?![\\p{L}\\p{N}_-])")
                    .matcher(text);
            if (there.find(at)) at = there.start();
        }
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
