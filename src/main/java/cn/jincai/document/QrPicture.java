package cn.jincai.document;

import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A QR code to be printed or shown, black on white with the four blank squares around it that readers need. */
public final class QrPicture {
    private static final int BLANK = 4, BLACK = 0xff000000, WHITE = 0xffffffff;

    private QrPicture() {}

    /** @return a PNG as a {@code data:} address, one pixel a square */
    public static String of(String words) {
        QrCode code = QrCode.encodeText(words, QrCode.Ecc.MEDIUM);
        int size = code.size + 2 * BLANK;
        // with a channel for what shines through: the writer of PDFs copies others as they are packed, and loses how
        var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++) picture.setRGB(x, y, code.getModule(x - BLANK, y - BLANK) ? BLACK : WHITE);
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
