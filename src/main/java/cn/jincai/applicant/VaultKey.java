package cn.jincai.applicant;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the vault's key comes from: the environment (JINCAI_KEY, 32 bytes as base64). Only the demo makes one by itself, in a file beside
 * its database, so that deleting the folder resets both. A database in memory gets a key in memory.
 */
@Configuration(proxyBeanMethods = false)
class VaultKey {
    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?([~./\\w][^;]*).*");
    private static final String KNOWN_WORD = "晋才";

    @Bean
    Vault vault(Environment environment, JdbcClient jdbc) throws IOException {
        Vault vault = new Vault(key(environment));
        compareWithDatabase(vault, jdbc);
        return vault;
    }

    private byte[] key(Environment environment) throws IOException {
        String given = environment.getProperty("jincai.key", "").strip();
        if (!given.isEmpty()) return decoded(given, "JINCAI_KEY");
        if (!environment.acceptsProfiles(Profiles.of("demo")))
            throw new KeyMissing(
                    "JINCAI_KEY is not set. It seals names, identity numbers, telephones and accounts in the database.",
                    "Make one with `openssl rand -base64 32`, keep it apart from the database and its backups, and start with it in the environment.");
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
        return new KeyMissing(
                where + " is no key: it must be 32 bytes written as base64 (44 characters).",
                "Make one with `openssl rand -base64 32`.");
    }

    private static void compareWithDatabase(Vault vault, JdbcClient jdbc) {
        Optional<String> sealed = sealedWord(jdbc);
        if (sealed.isEmpty()) {
            try {
                jdbc.sql("insert into vault_seal (id, sealed) values (1, ?)")
                        .param(vault.seal(KNOWN_WORD))
                        .update();
                return;
            } catch (DuplicateKeyException another) {
                sealed = sealedWord(jdbc); // another node started in the same second
            }
        }
        try {
            vault.open(sealed.orElseThrow());
        } catch (IllegalStateException otherKey) {
            throw new KeyMissing(
                    "The key in use is not the one with which this database was sealed.",
                    "Start with the JINCAI_KEY (in the demo: the .key file beside the database) that belongs to it. In the demo, deleting both starts anew.");
        }
    }

    private static Optional<String> sealedWord(JdbcClient jdbc) {
        return jdbc.sql("select sealed from vault_seal where id = 1")
                .query(String.class)
                .optional();
    }
}
