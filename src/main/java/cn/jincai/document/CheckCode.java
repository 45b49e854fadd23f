package cn.jincai.document;

import cn.jincai.kernel.Spelling;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By which anybody who holds a document finds out whether the city has issued it: twelve of the digits and letters that nobody takes for one another (no I, L, O or U), by lot,
 * 60 bits, so that no code leads to the next.
 */
final class CheckCode {
    private static final String SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 12, GROUP = 4;
    private static final SecureRandom LOT = new SecureRandom();

    private CheckCode() {}

    static String next() {
        return written(LOT.ints(LENGTH, 0, SIGNS.length())
                .mapToObj(i -> SIGNS.substring(i, i + 1))
                .collect(Collectors.joining()));
    }

    /** As somebody typed it from a letter: with other dashes or none, O for 0, I or L for 1. Empty where it is no code. */
    static Optional<String> read(String typed) {
        String signs = Spelling.ofCode(typed).replace('O', '0').replaceAll("[IL]", "1");
        return signs.length() == LENGTH && signs.chars().allMatch(c -> SIGNS.indexOf(c) >= 0)
                ? Optional.of(written(signs))
                : Optional.empty();
    }

    private static String written(String signs) {
        return signs.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }
}
