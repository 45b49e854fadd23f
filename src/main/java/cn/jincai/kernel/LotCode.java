package cn.jincai.kernel;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;

/** Codes by lot that people carry from a page or a letter to another: of the 32 digits and letters that nobody takes for one another (no I, L, O or U), 5 bits each, so that none leads to the next. */
public final class LotCode {
    private static final String SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final SecureRandom LOT = new SecureRandom();

    private LotCode() {}

    public static String next(int length) {
        return LOT.ints(length, 0, SIGNS.length())
                .mapToObj(i -> SIGNS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /** As somebody typed it: with dashes or blanks, O for 0, I or L for 1. */
    public static String read(String typed) {
        return Spelling.ofCode(typed).replace('O', '0').replaceAll("[IL]", "1");
    }

    /** The same; empty where it is no code of this length. */
    public static Optional<String> read(String typed, int length) {
        return Optional.of(read(typed))
                .filter(signs -> signs.length() == length && signs.chars().allMatch(c -> SIGNS.indexOf(c) >= 0));
    }
}
