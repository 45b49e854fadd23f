package cn.jincai.applicant;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the vault's keys come from: the environment (JINCAI_KEY, 32 bytes as base64; while values are sealed anew JINCAI_KEY_FORMER too). Only the
 * demo makes one by itself, in a file beside its database, so that deleting the folder resets both. A database in memory gets a key in memory.
 */
@Configuration(proxyBeanMethods = false)
class VaultKey {
    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?([~./\\w][^;]*).*");

    @Bean
    Keys keys(Environment environment) throws IOException {
        List<MasterKey> keys = new ArrayList<>();
        keys.add(new MasterKey(key(environment)));
        for (String former : environment.getProperty("jincai.key-former", "").split(","))
            if (!former.isBlank()) keys.add(new MasterKey(decoded(former.strip(), "JINCAI_KEY_FORMER")));
        return new Keys(keys);
    }

    @Bean
    Vault vault(Keys keys, JdbcClient jdbc) {
        return new KeysInUse(jdbc, keys).vault();
    }

    private byte[] key(Environment environment) throws IOException {
        String given = environment.getProperty("jincai.key", "").strip();
        if (!given.isEmpty()) return decoded(given, "JINCAI_KEY");
        if (!environment.acceptsProfiles(Profiles.of("demo"))) throw new KeyMissing("notSet");
        Optional<Path> file = fileBeside(
                environment.getProperty("spring.datasource.url", ""), environment.getProperty("jincai.data", "data"));
        return file.isPresent() ? fromFile(file.get()) : fresh();
    }

    /** Empty for a database in memory. */
    private static Optional<Path> fileBeside(String url, String folder) {
        if (url.startsWith("jdbc:h2:mem:")) return Optional.empty();
        Matcher h2 = H2_FILE.matcher(url);
        return Optional.of(Path.of(h2.matches() ? h2.group(1) + ".key" : folder + "/jincai.key"));
    }

    private static byte[] fromFile(Path file) throws IOException {
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
        return decoded(Files.readString(file).strip(), file.toString());
    }

    private static byte[] fresh() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static byte[] decoded(String text, String where) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == 32) return key;
        } catch (IllegalArgumentException notBase64) {
            throw wrong(where);
        }
        throw wrong(where);
    }

    private static KeyMissing wrong(String where) {
        return new KeyMissing("wrong", where);
    }
}
