package cn.jincai.document;

import cn.jincai.kernel.Problem;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture that is whole. What it says of its size is believed first; only then every eighth point of every eighth line is decoded, which passes over
 * all the data and keeps a sixty-fourth of it.
 */
final class Picture {
    /** Phones take photos of 200 million points; the reader holds a line of them at a time. */
    private static final long MOST_POINTS = 200_000_000;
    /** Of a picture in layers the reader holds all of it, two bytes a sample, outside the heap: 150 MB, a photo of 50 million points as phones keep its colours. */
    private static final long MOST_SAMPLES_IN_LAYERS = 75_000_000;
    /** Some three seconds of a processor: twenty layers of such a photo. */
    private static final long MOST_SAMPLES_READ = 1_500_000_000;
    /** Of a PNG each point is unpacked and added up, which takes ten times as long. */
    private static final long MOST_POINTS_OF_PNG = 50_000_000;
    // a line is unpacked as a whole
    private static final int LONGEST_LINE = 65_535;
    private static final int COARSE = 8, SMALL = 240;
    private static final int IEND = 0x49454E44;

    private Picture() {}

    /** @throws Problem INVALID (FILE_DAMAGED, IMAGE_TOO_LARGE) */
    static void lookAtJpeg(byte[] content) {
        Jpeg jpeg = Jpeg.of(content);
        if (jpeg == null) throw InspectedFile.damaged();
        if (jpeg.points() > MOST_POINTS) throw tooLarge("jpeg");
        if (jpeg.layers() > 1
                && (jpeg.samples() > MOST_SAMPLES_IN_LAYERS || jpeg.samples() * jpeg.layers() > MOST_SAMPLES_READ))
            throw tooLarge("layers");
        decode(content, "image/jpeg");
    }

    /** @throws Problem INVALID (FILE_DAMAGED, IMAGE_TOO_LARGE) */
    static void lookAtPng(byte[] content) {
        if (!endsWhole(content)) throw InspectedFile.damaged();
        ByteBuffer header = ByteBuffer.wrap(content);
        long width = Integer.toUnsignedLong(header.getInt(16));
        if (width > LONGEST_LINE || width * Integer.toUnsignedLong(header.getInt(20)) > MOST_POINTS_OF_PNG)
            throw tooLarge("png");
        decode(content, "image/png");
    }

    private static void decode(byte[] content, String type) {
        ImageReader reader = ImageIO.getImageReadersByMIMEType(type).next();
        try (var in = new MemoryCacheImageInputStream(
                new ByteArrayInputStream(content))) { // ImageIO's own choice would lie on the disk, as it is
            reader.setInput(in, true, true); // notes that lie packed in the picture stay so
            boolean[] cutOff = new boolean[1];
            reader.addIIOReadWarningListener((source, warning) -> {
                if (!warning.contains("remature") && !warning.contains("runcated")) return;
                cutOff[0] = true;
                source.abort();
            });
            var coarse = reader.getDefaultReadParam();
            coarse.setSourceSubsampling(
                    Math.min(COARSE, reader.getWidth(0)), Math.min(COARSE, reader.getHeight(0)), 0, 0);
            if (reader.canReadRaster())
                reader.readRaster(0, coarse); // a JPEG of a scanner may be CMYK, which read() refuses
            else reader.read(0, coarse);
            if (cutOff[0]) throw InspectedFile.damaged();
        } catch (IOException | RuntimeException e) {
            throw e instanceof Problem told ? told : InspectedFile.damaged();
        } finally {
            reader.dispose();
        }
    }

    /** A PNG is whole where its chunks lead to the last one. */
    private static boolean endsWhole(byte[] content) {
        long at = 8;
        ByteBuffer chunks = ByteBuffer.wrap(content);
        while (at + 12 <= content.length) {
            long next = at + 12 + Integer.toUnsignedLong(chunks.getInt((int) at));
            if (chunks.getInt((int) at + 4) == IEND) return at > 8 && next <= content.length;
            at = next;
        }
        return false;
    }

    /**
     * A small picture of it for a list, with the same side up: JPEG, at most some {@value #SMALL} points across.
     *
     * @throws Problem NOT_FOUND where the reader knows its colours too little for that
     */
    static byte[] small(byte[] content, String type) {
        ImageReader reader = ImageIO.getImageReadersByMIMEType(type).next();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            int step = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / SMALL);
            var coarse = reader.getDefaultReadParam();
            coarse.setSourceSubsampling(step, step, 0, 0);
            BufferedImage read = reader.read(0, coarse);
            var plain = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = plain.createGraphics();
            pen.drawImage(read, 0, 0, Color.WHITE, null);
            pen.dispose();
            var jpeg = new ByteArrayOutputStream();
            ImageIO.write(plain, "jpeg", jpeg);
            boolean turned = type.equals("image/jpeg");
            return turned ? Orientation.with(jpeg.toByteArray(), Orientation.of(content)) : jpeg.toByteArray();
        } catch (IOException | RuntimeException unread) {
            throw Problem.notFound();
        } finally {
            reader.dispose();
        }
    }

    private static Problem tooLarge(String kind) {
        return Problem.invalid("file", "document.file." + kind + ".IMAGE_TOO_LARGE");
    }
}
