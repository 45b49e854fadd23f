package cn.jincai.document;

import cn.jincai.kernel.LotCode;
import java.util.Optional;

/** By which anybody who holds a document finds out whether the city has issued it: twelve signs by lot, 60 bits, in groups of four. */
final class CheckCode {
    private static final int LENGTH = 12, GROUP = 4;

    private CheckCode() {}

    static String next() {
        return written(LotCode.next(LENGTH));
    }

    /** As somebody typed it from a letter, with other dashes or none. Empty where it is no code. */
    static Optional<String> read(String typed) {
        return LotCode.read(typed, LENGTH).map(CheckCode::written);
    }

    private static String written(String signs) {
        return signs.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }
}
