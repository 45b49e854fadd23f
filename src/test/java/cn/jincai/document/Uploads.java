package cn.jincai.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
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

    /** Its points are numbers of a table of colours. */
    static byte[] colourful() {
        return written(new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_INDEXED), "png", false);
    }

    /** A JPEG that is sharpened layer by layer. */
    static byte[] progressive(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) image.setRGB(x, (x * 31) % height, x * 77_777);
        return written(image, "jpeg", true);
    }

    private static byte[] written(BufferedImage image, String format, boolean inLayers) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        var out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            var how = writer.getDefaultWriteParam();
            if (inLayers) how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
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
