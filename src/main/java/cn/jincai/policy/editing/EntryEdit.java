package cn.jincai.policy.editing;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a register as somebody typed it; what was left empty is "".
 *
 * @param sends keys of answers, with commas; of sources only, as are the two after it
 * @param rights code of a role; of roles only
 */
public record EntryEdit(
        String code,
        String nameZh,
        String nameEn,
        String from,
        String until,
        String sends,
        String facts,
        String goodForDays,
        String rights) {
    public static final EntryEdit EMPTY = new EntryEdit("", "", "", "", "", "", "", "", "");

    /** Of a form that does not send all of it. */
    public EntryEdit whole() {
        return new EntryEdit(
                word(code),
                word(nameZh),
                word(nameEn),
                word(from),
                word(until),
                word(sends),
                word(facts),
                word(goodForDays),
                word(rights));
    }

    static String word(@Nullable String sent) {
        return sent == null ? "" : sent;
    }
}
