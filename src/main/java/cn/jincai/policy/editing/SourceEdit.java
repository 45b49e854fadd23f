package cn.jincai.policy.editing;

import java.util.List;

/**
 * A document as it was typed.
 *
 * @param code         small letters, digits, hyphens; of one that is there already never another
 * @param number       its document number, or empty
 * @param inForceFrom  its day of effect, as people write days, or empty
 * @param inForceUntil the last day of its validity, likewise
 */
public record SourceEdit(
        String code, String titleZh, String titleEn, String number, String inForceFrom, String inForceUntil) {
    /** Of a form that does not send all of it. */
    public SourceEdit whole() {
        return new SourceEdit(
                EntryEdit.word(code),
                EntryEdit.word(titleZh),
                EntryEdit.word(titleEn),
                EntryEdit.word(number),
                EntryEdit.word(inForceFrom),
                EntryEdit.word(inForceUntil));
    }

    /** An article as it was typed. @param rules the ids of those that rest on it */
    public record Article(String nameZh, String nameEn, String textZh, String textEn, List<String> rules) {}
}
