package cn.jincai.document;

import cn.jincai.kernel.Problem;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Files outside the web root, each encrypted with a key of its own (个人信息保护法 51) under a name that says nothing. A file follows the
 * transaction in which it was put or removed.
 */
@Component
class EncryptedFiles {
    static final String DATA = "./data";
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int TRIAL_BYTES = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(EncryptedFiles.class);

    private final SecureRandom random = new SecureRandom();
    private final Path folder;
    private final Vault vault;

    EncryptedFiles(@Value("${jincai.data:" + DATA + "}") String data, Vault vault) {
        this.folder = folder(data);
        this.vault = vault;
    }

    static Path folder(String data) {
        return Path.of(data, "papers").toAbsolutePath().normalize();
    }

    /** Writes something and takes it away: only that shows a full disk, or a folder that is not there, or not ours. */
    static void tryOut(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path trial = Files.createTempFile(folder, "trial", "");
        try {
            Files.write(trial, new byte[TRIAL_BYTES]);
        } finally {
            Files.deleteIfExists(trial);
        }
    }

    void tryOut() throws IOException {
        tryOut(folder);
    }

    /** @param place the file's name on the shelf; {@code sealedKey} opens it */
    record Kept(String place, Sealed sealedKey) {}

    /** @throws Problem UNAVAILABLE where it can't be written; nothing of it is left then */
    Kept put(byte[] content) {
        byte[] key = bytes(32);
        byte[] iv = bytes(IV_BYTES);
        String place = HexFormat.of().formatHex(bytes(16));
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, iv, content);
        byte[] file = Arrays.copyOf(iv, IV_BYTES + sealed.length);
        System.arraycopy(sealed, 0, file, IV_BYTES, sealed.length);
        write(at(place), file);
        ifRolledBack(() -> delete(at(place)));
        return new Kept(
                place, vault.seal(EvidenceSeals.FILE_KEY, Base64.getEncoder().encodeToString(key), place));
    }

    /**
     * @throws IllegalStateException when the file was changed or exchanged since it was put
     * @throws Problem UNAVAILABLE where nothing can be read from the folder
     */
    byte[] take(Kept kept) {
        try {
            byte[] file = Files.readAllBytes(at(kept.place()));
            byte[] key = Base64.getDecoder().decode(vault.open(EvidenceSeals.FILE_KEY, kept.sealedKey(), kept.place()));
            return cipher(
                    Cipher.DECRYPT_MODE,
                    key,
                    Arrays.copyOf(file, IV_BYTES),
                    Arrays.copyOfRange(file, IV_BYTES, file.length));
        } catch (IOException e) {
            if (e instanceof NoSuchFileException && hasFolder(at(kept.place())))
                throw new UncheckedIOException("the file of a paper is not on the shelf", e);
            throw unavailable(e);
        }
    }

    /** Gone once the transaction is through. */
    void remove(String place) {
        afterCommit(() -> delete(at(place)));
    }

    private static boolean hasFolder(Path file) {
        Path folder = file.getParent();
        return folder != null && Files.isDirectory(folder);
    }

    private Path at(String place) {
        return folder.resolve(place.substring(0, 2)).resolve(place);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] cipher(int mode, byte[] key, byte[] iv, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a paper's file does not open: it was changed since it was put", e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            delete(file);
            throw unavailable(e);
        }
    }

    static Problem unavailable(IOException trouble) {
        LOG.error("papers can be neither kept nor read: {}", trouble.toString());
        return Problem.diskUnavailable();
    }

    /** What can't be deleted is left: the key that opens it is gone all the same. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("a paper's file could not be deleted: {}", e.toString());
        }
    }

    private static void ifRolledBack(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_ROLLED_BACK) then.run();
            }
        });
    }

    private static void afterCommit(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                then.run();
            }
        });
    }
}
