package cn.jincai.document;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What lies packed in a PDF and is unpacked only by whoever opens it: counted, not kept, so that no officer's browser is asked for gigabytes. */
final class UnpackedSize {
    /** A picture of 50 million pixels in full colour, which is what a picture may have. */
    private static final long LARGEST = 150_000_000;

    private static final long MOST = 1_500_000_000;
    private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};

    private UnpackedSize() {}

    /** @throws cn.jincai.kernel.Problem INVALID (FILE_UNFOLDS) where one part or all together are too large */
    static void look(byte[] pdf) {
        var inflater = new Inflater();
        byte[] piece = new byte[64 * 1024];
        long left = MOST;
        try {
            for (int at = after(pdf, 0); at < pdf.length; at = after(pdf, at)) {
                inflater.reset();
                inflater.setInput(pdf, at, pdf.length - at);
                left -= length(inflater, piece, Math.min(left, LARGEST));
                at += (int) inflater.getBytesRead();
            }
        } finally {
            inflater.end();
        }
    }

    private static long length(Inflater inflater, byte[] piece, long most) {
        long length = 0;
        try {
            for (int more = inflater.inflate(piece); more > 0; more = inflater.inflate(piece)) {
                length += more;
                if (length > most) throw InspectedFile.unfolds();
            }
        } catch (DataFormatException other) {
            // a part that is packed in another way, or not at all
        }
        return length;
    }

    /** Where the next part's content begins, behind the word and the end of its line; the file's length where there is none. */
    private static int after(byte[] pdf, int from) {
        for (int at = from; at < pdf.length - STREAM.length - 2; at++) {
            if (pdf[at] != 's' || !Arrays.equals(pdf, at, at + STREAM.length, STREAM, 0, STREAM.length)) continue;
            int end = at + STREAM.length;
            return pdf[end] == '\r' && pdf[end + 1] == '\n' ? end + 2 : end + 1;
        }
        return pdf.length;
    }
}
