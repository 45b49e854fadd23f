package cn.jincai.document;

import cn.jincai.kernel.Text;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationListener;

/** Stops the start before anything else is written: no document and no decision could be kept. */
class FolderUnavailable extends RuntimeException {
    private FolderUnavailable(Path folder, IOException trouble) {
        super("Papers can't be kept in " + folder + ": " + reason(trouble) + ".");
    }

    /** The system's own words without the file's name; some kinds have none, and their name says it. */
    private static String reason(IOException trouble) {
        String words = trouble instanceof FileSystemException file ? file.getReason() : trouble.getMessage();
        return words == null ? trouble.getClass().getSimpleName() : words;
    }

    static class Check implements ApplicationListener<ApplicationContextInitializedEvent> {
        @Override
        public void onApplicationEvent(ApplicationContextInitializedEvent event) {
            if (event.getSpringApplication().getWebApplicationType() == WebApplicationType.NONE)
                return; // a replay keeps nothing
            Path folder = EncryptedFiles.folder(
                    event.getApplicationContext().getEnvironment().getProperty("jincai.data", EncryptedFiles.DATA));
            try {
                EncryptedFiles.tryOut(folder);
            } catch (IOException e) {
                throw new FolderUnavailable(folder, e);
            }
        }
    }

    static class Told extends AbstractFailureAnalyzer<FolderUnavailable> {
        @Override
        protected FailureAnalysis analyze(Throwable whole, FolderUnavailable cause) {
            Text wayOut = Text.of("document.folder.wayOut");
            return new FailureAnalysis(
                    cause.getMessage() + " "
                            + Text.of("document.folder.unwritable").zh(),
                    wayOut.en() + " " + wayOut.zh(),
                    cause);
        }
    }
}
