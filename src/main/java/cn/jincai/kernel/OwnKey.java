package cn.jincai.kernel;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * Where a key of 32 bytes comes from: the environment, as base64, or a file beside the database, made once: in the demo, where deleting the folder resets both, and
 * where a key may be made in real use too. A database in memory gets a key in memory.
 */
public final class OwnKey {
    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?([~./\\w][^;]*).*");

    private OwnKey() {}

    /**
     * @param setting such as {@code jincai.key}
     * @param ending  of the demo's file
     * @param words   what the sentences on a key that is not set or wrong begin with
     */
    public static byte[] of(Environment environment, String setting, String ending, String words) throws IOException {
        if (environment.getProperty(setting, "").isBlank() && !environment.acceptsProfiles(Profiles.of("demo")))
            throw new KeyMissing(words + "notSet");
        return givenOrMade(environment, setting, ending, words);
    }

    /** The same for a key that may be made by itself in real use too: in the folder for papers, which all nodes share. */
    public static byte[] givenOrMade(Environment environment, String setting, String ending, String words)
            throws IOException {
        String given = environment.getProperty(setting, "").strip();
        if (!given.isEmpty()) return decoded(given, inEnvironment(setting), words);
        Optional<Path> file = besideTheDatabase(environment, ending);
        return file.isPresent() ? fromFile(file.get(), words) : fresh();
    }

    /** A file that belongs to this database: beside H2's own, else in the folder for papers; none for a database in memory. */
    public static Optional<Path> besideTheDatabase(Environment environment, String ending) {
        String url = environment.getProperty("spring.datasource.url", "");
        if (url.startsWith("jdbc:h2:mem:")) return Optional.empty();
        Matcher h2 = H2_FILE.matcher(url);
        String name = h2.matches() ? h2.group(1) : environment.getProperty("jincai.data", "data") + "/jincai";
        return Optional.of(Path.of(name + "." + ending));
    }

    /** @param where it was given, for whom it is wrong */
    public static byte[] decoded(String text, String where, String words) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == 32) return key;
        } catch (IllegalArgumentException notBase64) {
            throw new KeyMissing(words + "wrong", where);
        }
        throw new KeyMissing(words + "wrong", where);
    }

    private static String inEnvironment(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
    }

    private static byte[] fromFile(Path file, String words) throws IOException {
        if (Files.notExists(file)) {
            if (file.getParent() != null) Files.createDirectories(file.getParent());
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new", ownerOnly);
            Files.writeString(made, Base64.getEncoder().encodeToString(fresh()));
            try {
                Files.createLink(file, made); // whole or not at all, and never over another node's
            } catch (FileAlreadyExistsException another) {
                // another node was first; its key is read below
            } finally {
                Files.delete(made);
            }
        }
        return decoded(Files.readString(file).strip(), file.toString(), words);
    }

    private static byte[] fresh() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
