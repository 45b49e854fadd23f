package cn.jincai.document;

import org.jspecify.annotations.Nullable;

/**
 * What a JPEG says of itself, read from its segments without decoding a point.
 *
 * @param points  width times height
 * @param samples of all its colours, some of which may be coarser than others
 * @param layers  times that the picture is gone through: one in a photo as a camera writes it, some ten where it is sharpened while it loads
 */
record Jpeg(long points, long samples, int layers) {
    private static final int START = 0xD8, END = 0xD9, LAYER = 0xDA, ALONE = 0x01;

    /** @return null where the picture is cut off before its end mark; behind it phones and editors add what they like, such as the film of a moving photo */
    static @Nullable Jpeg of(byte[] content) {
        Jpeg size = null;
        int layers = 0;
        for (int at = 2; at + 1 < content.length; ) {
            int mark = content[at + 1] & 0xFF;
            if ((content[at] & 0xFF) != 0xFF || isData(mark)) at++;
            else if (mark == END) return size == null ? null : new Jpeg(size.points, size.samples, layers);
            else if (mark == START || mark == ALONE) at += 2;
            else if (at + 3 >= content.length) return null;
            else {
                if (mark == LAYER) layers++;
                if (isFrame(mark) && size == null && at + 9 < content.length) size = size(content, at + 5);
                at += 2 + Math.max(2, pair(content, at + 2));
            }
        }
        return null;
    }

    /** The picture's own data goes on to the next mark that is neither a stuffed FF nor a restart. */
    private static boolean isData(int mark) {
        return mark == 0 || mark == 0xFF || mark >= 0xD0 && mark <= 0xD7;
    }

    private static boolean isFrame(int mark) {
        return mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC;
    }

    /** Height, width, count of colours, then three bytes for each, of which the second says how fine it is across and down. */
    private static Jpeg size(byte[] content, int at) {
        long points = (long) pair(content, at) * pair(content, at + 2);
        int finestAcross = 1, finestDown = 1, all = 0;
        for (int i = 0, colour = at + 6; i < content[at + 4] && colour < content.length; i++, colour += 3) {
            int across = content[colour] >> 4 & 0xF, down = content[colour] & 0xF;
            finestAcross = Math.max(finestAcross, across);
            finestDown = Math.max(finestDown, down);
            all += across * down;
        }
        return new Jpeg(points, points * Math.max(1, all) / (finestAcross * finestDown), 0);
    }

    private static int pair(byte[] content, int at) {
        return (content[at] & 0xFF) << 8 | content[at + 1] & 0xFF;
    }
}
