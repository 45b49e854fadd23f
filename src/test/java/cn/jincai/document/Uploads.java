package cn.jincai.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Files as people upload them, good and bad. */
public final class Uploads {
    private Uploads() {}

    public static byte[] pdf() {
        return pdf(false);
    }

    static byte[] lockedPdf() {
        return pdf(true);
    }

    static byte[] picture(String format, int width, int height) {
        try (var out = new ByteArrayOutputStream()) {
            var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            for (int x = 0; x < width; x++) image.getRaster().setSample(x, (x * 31) % height, 0, x % 256);
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] start(byte[] whole, double part) {
        return java.util.Arrays.copyOf(whole, (int) (whole.length * part));
    }

    private static byte[] pdf(boolean locked) {
        try (var document = new PDDocument();
                var out = new ByteArrayOutputStream()) {
            for (int i = 0; i < 3; i++) {
                var page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.addRect(50, 50, 100 + i, 100);
                    content.fill();
                }
            }
            if (locked) document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
