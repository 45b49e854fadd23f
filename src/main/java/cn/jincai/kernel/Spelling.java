package cn.jincai.kernel;

import cn.jincai.kernel.Problem.Mistake;
import com.ibm.icu.text.UnicodeSet;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How what people type is written down, checked and compared, whichever way it came: a form, the API, a list, a sign-in, a search. */
public final class Spelling {
    private static final UnicodeSet UNSEEN = new UnicodeSet("[[:Default_Ignorable_Code_Point:][:Cf:]]").freeze();

    /** Of the two-byte codes FE50 to FEA0 of GBK, those that GB18030 gave to Unicode last; Java still reads them as private use. */
    private static final Map<Integer, Integer> GIVEN_LAST = Map.ofEntries(
            Map.entry(0xE816, 0x20087),
            Map.entry(0xE817, 0x20089),
            Map.entry(0xE818, 0x200CC),
            Map.entry(0xE81E, 0x9FB4),
            Map.entry(0xE826, 0x9FB5),
            Map.entry(0xE82B, 0x9FB6),
            Map.entry(0xE82C, 0x9FB7),
            Map.entry(0xE831, 0x215D7),
            Map.entry(0xE832, 0x9FB8),
            Map.entry(0xE83B, 0x2298F),
            Map.entry(0xE843, 0x9FB9),
            Map.entry(0xE854, 0x9FBA),
            Map.entry(0xE855, 0x241FE),
            Map.entry(0xE864, 0x9FBB));

    private Spelling() {}

    /** Of a code (document, phone, account, employer): half width, capitals, without blanks, dashes and signs that nobody sees. */
    public static String ofCode(String typed) {
        return ofWord(typed).replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** Of a word whose dashes and capitals count: half width, one kind of dash, without blanks and signs that nobody sees. */
    public static String ofWord(String typed) {
        return seen(Normalizer.normalize(typed, Normalizer.Form.NFKC))
                .replaceAll("[\\s\\p{Z}]", "")
                .replaceAll("[\\p{Pd}\u2212]", "-");
    }

    /**
     * Of a name: composed (NFC), without signs that nobody sees. Characters that Windows held in the area for private use before Unicode had them are the ones
     * of Unicode; others there stay, and {@link #mistakeInName} tells them.
     */
    public static String ofName(String typed) {
        String known = typed.codePoints()
                .mapToObj(c -> c >= 0xE815 && c <= 0xE864 ? ofUnicode(c) : Character.toString(c))
                .collect(Collectors.joining());
        return Normalizer.normalize(seen(known), Normalizer.Form.NFC).replaceAll("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$", "");
    }

    /** The first character that can't stand in a name: a control, one for private use, what was lost on the way, or a little picture. */
    public static Optional<Mistake> mistakeInName(String field, String name) {
        int[] all = ofName(name).codePoints().toArray();
        for (int i = 0; i < all.length; i++)
            switch (Character.getType(all[i])) {
                case Character.PRIVATE_USE -> {
                    return Optional.of(Mistake.of(field, "kernel.name.PRIVATE_CHARACTER", i + 1));
                }
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    return Optional.of(Mistake.of(field, "kernel.name.CONTROL_CHARACTER", i + 1));
                }
                default -> {
                    if (isLost(all[i])) return Optional.of(Mistake.of(field, "kernel.name.CHARACTER_LOST", i + 1));
                    if (isInNoName(all[i]))
                        return Optional.of(
                                Mistake.of(field, "kernel.name.NO_LETTER", i + 1, Character.toString(all[i])));
                }
            }
        return Optional.empty();
    }

    /** Whether a text holds what a wrong encoding leaves behind: � or half a character. */
    public static boolean isDamaged(String text) {
        return text.codePoints().anyMatch(Spelling::isLost);
    }

    /** Little pictures, and the brackets of tags; signs by which a rare character is described (⿰) and stands in for one (〓) are no such. */
    private static boolean isInNoName(int c) {
        return c == '<' || c == '>' || c >= 0x2600 && c <= 0x27BF || c >= 0x1F000 && c <= 0x1FAFF;
    }

    private static boolean isLost(int c) {
        return c == 0xFFFD || Character.getType(c) == Character.SURROGATE;
    }

    private static String seen(String text) {
        return UNSEEN.containsNone(text) ? text : UNSEEN.stripFrom(text, true);
    }

    /** The same two bytes, read as GB18030. */
    private static String ofUnicode(int privateUse) {
        Integer last = GIVEN_LAST.get(privateUse);
        if (last != null) return Character.toString(last);
        int trail = 0x50 + privateUse - 0xE815;
        byte[] bytes = {(byte) 0xFE, (byte) (trail < 0x7F ? trail : trail + 1)};
        try {
            return Charset.forName("GB18030")
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException none) {
            return Character.toString(privateUse);
        }
    }
}
