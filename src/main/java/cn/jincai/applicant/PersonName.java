package cn.jincai.applicant;

import cn.jincai.applicant.contacts.Letters;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.TraditionalChinese;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A name as different offices write it. */
public final class PersonName {
    private static final String LATIN = "[A-Z\\s,-]+";

    private PersonName() {}

    /**
     * Whether two spellings may be one name: width, case, blanks, apostrophes, accents, kinds of the middle dot (阿依古丽·买买提) and of characters (谢國棟, 谢国栋) count
     * for nothing, nor does the order of the words of a name in Latin letters. Two names of one spelling stay one: whose account it is, only the bank knows.
     */
    public static boolean same(String a, String b) {
        String one = plain(a), other = plain(b);
        return joined(one).equals(joined(other)) || ordered(one).equals(ordered(other));
    }

    /** Whether they may be one name in two scripts, as 张伟 and ZHANG WEI. Many names are written with the same letters, so somebody has to say it. */
    public static boolean sameLetters(String a, String b) {
        return letters(a).equals(letters(b));
    }

    /** One word for all spellings of a name, by which it is looked up; a name of Latin letters whatever the order of its words. */
    static String folded(String name) {
        String plain = plain(name);
        return plain.matches(LATIN) ? ordered(plain) : joined(plain);
    }

    /**
     * The letters of the name as a passport writes it, whatever their order: of 张伟芳, ZHANG WEIFANG and Weifang ZHANG the same. It tells far more names alike than are,
     * so it is only good for finding whom somebody has to look at.
     */
    static String letters(String name) {
        String plain = plain(name);
        String latin = plain.matches(LATIN)
                ? plain
                : Letters.OF_NAME.transliterate(plain).toUpperCase(Locale.ROOT);
        return latin.replaceAll("[^\\p{L}]", "")
                .replaceAll("([LN])(YU|V)", "$1U") // 吕 is LYU in passports, and was LV
                .codePoints()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String plain(String name) {
        String folded = Normalizer.normalize(Spelling.ofName(name), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}|['’‘ʼ`]", "")
                .replaceAll("[•・･.．‧∙]", "·")
                .toUpperCase(Locale.ROOT)
                .strip();
        return folded.codePoints().allMatch(c -> c < 0x250) ? folded : TraditionalChinese.simplified(folded);
    }

    private static String joined(String plain) {
        return plain.replaceAll("[\\s,-]+", "");
    }

    private static String ordered(String plain) {
        return plain.matches(LATIN)
                ? Arrays.stream(plain.split("[\\s,-]+")).sorted().collect(Collectors.joining(" "))
                : plain;
    }

    /** Read when the first name needs it. */
    private static class Letters {
        static final Transliterator OF_NAME = Transliterator.getInstance("Han-Latin/Names; Any-Latin; Latin-ASCII");
    }
}
