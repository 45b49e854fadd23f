package cn.jincai.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A text file that somebody hands in, by whichever program it was saved. Nothing is guessed and nothing replaced: bytes that are no text are refused. */
public final class TextFile {
    private static final List<Charset> UNMARKED = List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

    private TextFile() {}

    /**
     * UTF-16 where the byte order mark says so, else UTF-8, else GB18030, each to the letter; without the mark.
     *
     * @param field under which mistakes are told
     * @throws Problem INVALID for another encoding, and where a character was lost before the file came here
     */
    public static String read(String field, byte[] file) {
        String text = decoded(field, file);
        if (text.startsWith("\uFEFF")) text = text.substring(1);
        if (text.indexOf('\0') >= 0) throw Problem.invalid(field, "kernel.file.unmarked.ENCODING");
        int lost = text.indexOf('\uFFFD');
        if (lost >= 0)
            throw Problem.invalid(
                    field,
                    "kernel.file.CHARACTER_LOST",
                    1 + text.substring(0, lost).chars().filter(c -> c == '\n').count());
        return text;
    }

    private static String decoded(String field, byte[] file) {
        for (Charset encoding : isMarkedUtf16(file) ? List.of(StandardCharsets.UTF_16) : UNMARKED)
            try {
                return encoding.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            } catch (CharacterCodingException another) {
                // the next one, or told below
            }
        throw Problem.invalid(field, "kernel.file.ENCODING");
    }

    private static boolean isMarkedUtf16(byte[] file) {
        return file.length >= 2 && (file[0] == -1 && file[1] == -2 || file[0] == -2 && file[1] == -1);
    }
}
