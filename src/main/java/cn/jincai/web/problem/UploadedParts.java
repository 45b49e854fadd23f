package cn.jincai.web.problem;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.springframework.core.NestedExceptionUtils;

/** The container puts the parts of an upload down on the disk before anybody reads them. */
final class UploadedParts {
    private static final String READER = "org.apache.tomcat.util.http.fileupload.";

    private UploadedParts() {}

    /** Whether there was no room for it here. What the sender did wrong, or broke off, comes as kinds of their own. */
    static boolean failedHere(Throwable thrown) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(thrown);
        return root.getClass() == IOException.class
                || root instanceof FileNotFoundException
                || root instanceof FileSystemException;
    }

    /** The container's reader of parts stumbles over some that no browser sends, such as a file's name with NUL in it or parts within parts, in ways of its own. */
    static boolean unreadable(Throwable thrown) {
        StackTraceElement[] at = thrown.getStackTrace();
        return thrown instanceof RuntimeException
                && at.length > 0
                && at[0].getClassName().startsWith(READER);
    }

    /** The same where only a field of it was asked for, such as the page's token: it is then not found, and the reason kept until the parts are asked for. */
    static boolean failedHere(HttpServletRequest request) {
        if (!BodyLimit.isUpload(request)) return false;
        try {
            request.getParts();
            return false;
        } catch (IOException | ServletException | IllegalStateException e) {
            return failedHere(e);
        }
    }
}
