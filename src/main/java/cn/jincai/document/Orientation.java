package cn.jincai.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which side of a photo is up, as cameras write it (Exif, tag 0x0112: 1 as it lies, 3 upside down, 6 and 8 on a side, the others mirrored). A photo is turned by this word alone:
 * not one of its points is written anew.
 */
final class Orientation {
    private static final int EXIF = 0xE1, TAG = 0x0112, ENTRY = 12;
    private static final byte[] HEAD = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    /** By what each is followed when the photo is turned to the right by a quarter; the first place is nobody's. */
    private static final int[] RIGHT = {1, 6, 7, 8, 5, 2, 3, 4, 1};

    private Orientation() {}

    /** @return 1 where the photo does not tell */
    static int of(byte[] jpeg) {
        int at = place(jpeg);
        int told = at < 0 ? 1 : pair(jpeg, at, isLittle(jpeg, tiff(jpeg)));
        return told < 1 || told > 8 ? 1 : told;
    }

    /** The same photo, a quarter to the right. */
    static byte[] turned(byte[] jpeg) {
        return with(jpeg, RIGHT[of(jpeg)]);
    }

    /** The same photo with this side up. */
    static byte[] with(byte[] jpeg, int orientation) {
        int at = place(jpeg);
        if (at < 0) return begun(jpeg, orientation);
        byte[] turned = jpeg.clone();
        boolean little = isLittle(jpeg, tiff(jpeg));
        turned[at] = (byte) (little ? orientation : 0);
        turned[at + 1] = (byte) (little ? 0 : orientation);
        return turned;
    }

    /** With a segment of its own, which holds this one word, before all others. */
    private static byte[] begun(byte[] jpeg, int orientation) {
        byte[] segment = {
            (byte) 0xFF,
            (byte) EXIF,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] turned = new byte[jpeg.length + segment.length];
        System.arraycopy(jpeg, 0, turned, 0, 2);
        System.arraycopy(segment, 0, turned, 2, segment.length);
        System.arraycopy(jpeg, 2, turned, 2 + segment.length, jpeg.length - 2);
        return turned;
    }

    /** Where the word stands, or -1. */
    private static int place(byte[] jpeg) {
        int tiff = tiff(jpeg);
        if (tiff < 0 || tiff + 8 > jpeg.length) return -1;
        boolean little = isLittle(jpeg, tiff);
        long first = tiff + whole(jpeg, tiff + 4, little);
        if (first + 2 > jpeg.length) return -1;
        int entries = pair(jpeg, (int) first, little);
        for (long at = first + 2; entries-- > 0 && at + ENTRY <= jpeg.length; at += ENTRY)
            if (pair(jpeg, (int) at, little) == TAG) return (int) at + 8;
        return -1;
    }

    /** Where the first Exif segment's content begins, or -1; the picture's own data is not looked at. */
    private static int tiff(byte[] jpeg) {
        for (int at = 2; at + 4 + HEAD.length < jpeg.length && (jpeg[at] & 0xFF) == 0xFF; ) {
            int mark = jpeg[at + 1] & 0xFF;
            if (mark == 0xDA) return -1;
            if (mark == EXIF && Arrays.equals(jpeg, at + 4, at + 4 + HEAD.length, HEAD, 0, HEAD.length))
                return at + 4 + HEAD.length;
            at += 2 + Math.max(2, pair(jpeg, at + 2, false));
        }
        return -1;
    }

    private static boolean isLittle(byte[] jpeg, int tiff) {
        return jpeg[tiff] == 'I';
    }

    private static int pair(byte[] bytes, int at, boolean little) {
        int one = bytes[at] & 0xFF, other = bytes[at + 1] & 0xFF;
        return little ? other << 8 | one : one << 8 | other;
    }

    private static long whole(byte[] bytes, int at, boolean little) {
        long first = pair(bytes, at, little), second = pair(bytes, at + 2, little);
        return little ? second << 16 | first : first << 16 | second;
    }
}
