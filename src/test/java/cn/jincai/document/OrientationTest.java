package cn.jincai.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("issue-18.4")
class OrientationTest {
    static byte[] photo(int width, int height) throws IOException {
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    @Test
    void fourQuartersLeadBackAndNoPointIsWrittenAnew() throws IOException {
        byte[] photo = photo(40, 30), once = Orientation.turned(photo);
        assertThat(Orientation.of(photo)).isEqualTo(1);
        assertThat(Orientation.of(once)).isEqualTo(6);
        byte[] twice = Orientation.turned(once), thrice = Orientation.turned(twice), again = Orientation.turned(thrice);
        assertThat(Orientation.of(twice)).isEqualTo(3);
        assertThat(Orientation.of(thrice)).isEqualTo(8);
        assertThat(Orientation.of(again)).isEqualTo(1);
        assertThat(again).as("only the word changes").hasSameSizeAs(once);
        assertThat(once.length - photo.length).isEqualTo(36);
        assertThat(ImageIO.read(new ByteArrayInputStream(once)).getWidth()).isEqualTo(40);
        assertThat(InspectedFile.of(once).type()).as("still a whole photo").isEqualTo("image/jpeg");
    }

    @Test
    void aMirroredPhotoStaysMirroredAndACamerasOwnOrderOfBytesIsKept() throws IOException {
        byte[] mirrored = Orientation.with(photo(4, 3), 2);
        assertThat(Orientation.of(Orientation.turned(mirrored))).isEqualTo(7);
        byte[] little = mirrored.clone();
        byte[] tiff = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0};
        System.arraycopy(tiff, 0, little, 12, tiff.length);
        assertThat(Orientation.of(little)).isEqualTo(6);
        assertThat(Orientation.of(Orientation.turned(little))).isEqualTo(3);
    }

    @Test
    void whatIsCutOffOrMadeUpTellsNothingAndBreaksNothing() throws IOException {
        byte[] turned = Orientation.turned(photo(4, 3));
        for (int end = 3; end < 60; end++)
            assertThat(Orientation.of(java.util.Arrays.copyOf(turned, end))).isBetween(1, 8);
        byte[] far = turned.clone();
        far[12 + 4] = 0x7f;
        assertThat(Orientation.of(far)).isEqualTo(1);
    }
}
