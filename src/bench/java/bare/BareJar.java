package bare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The packaged application with our classes and the libraries that only we need taken out, and {@link BareEngine} put in: packed and started alike. */
public final class BareJar {
    /** Beginnings of the names of libraries which neither the engine's web application nor Spring Boot's web and JDBC starters bring along. */
    private static final List<String> OURS = List.of(
            "thymeleaf",
            "attoparser",
            "unbescape",
            "spring-security",
            "flyway",
            "postgresql",
            "spring-modulith",
            "archunit",
            "jmolecules",
            "jackson-dataformat",
            "spring-context-support",
            "jakarta.mail",
            "angus",
            "tika",
            "openhtmltopdf",
            "pdfbox",
            "fontbox",
            "xmpbox",
            "graphics2d",
            "commons-csv",
            "commons-codec",
            "bucket4j",
            "spring-boot-actuator",
            "webjars-locator",
            "jspecify");

    private BareJar() {}

    public static Path of(Path application, Path target) throws IOException {
        try (JarFile from = new JarFile(application.toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(target), manifest(from))) {
            for (ZipEntry entry : from.stream().filter(e -> stays(e.getName())).toList()) copy(from, entry, to);
            index(from, to);
            String name = BareEngine.class.getName().replace('.', '/') + ".class";
            to.putNextEntry(new ZipEntry("BOOT-INF/classes/" + name));
            try (InputStream compiled = BareEngine.class.getClassLoader().getResourceAsStream(name)) {
                compiled.transferTo(to);
            }
            to.closeEntry();
        }
        return target;
    }

    private static boolean stays(String name) {
        if (name.startsWith("BOOT-INF/lib/"))
            return Stream.of(name.substring("BOOT-INF/lib/".length()))
                    .noneMatch(lib -> OURS.stream().anyMatch(lib::startsWith));
        return name.startsWith("org/springframework/boot/loader/")
                || name.startsWith("META-INF/services/")
                || name.equals("BOOT-INF/")
                || name.equals("BOOT-INF/classes/");
    }

    private static Manifest manifest(JarFile from) throws IOException {
        Manifest manifest = new Manifest(from.getManifest());
        manifest.getMainAttributes().putValue("Start-Class", BareEngine.class.getName());
        manifest.getMainAttributes().remove(new java.util.jar.Attributes.Name("Spring-Boot-Layers-Index"));
        return manifest;
    }

    /** What the jar is laid out by. */
    private static void index(JarFile from, ZipOutputStream to) throws IOException {
        ZipEntry index = from.getEntry("BOOT-INF/classpath.idx");
        to.putNextEntry(new ZipEntry(index.getName()));
        try (InputStream content = from.getInputStream(index)) {
            for (String line : new String(content.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                if (stays(line.replaceAll("- \"(.*)\"", "$1")))
                    to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        to.closeEntry();
    }

    /** Libraries lie in the jar unpacked, or the launcher refuses them. */
    private static void copy(JarFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setMethod(entry.getMethod());
        if (entry.getMethod() == ZipEntry.STORED) {
            same.setSize(entry.getSize());
            same.setCrc(entry.getCrc());
        }
        to.putNextEntry(same);
        try (InputStream content = from.getInputStream(entry)) {
            content.transferTo(to);
        }
        to.closeEntry();
    }
}
