package cn.jincai.process.failures;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Of what kind a failure is: it tells what has to be done before another try can work. */
public enum FailureKind {
    /** A room said no, in its own words. */
    REFUSED("refused"),
    DATABASE("database"),
    STORAGE("storage"),
    /** An expression of a diagram can't be worked out. */
    DIAGRAM("diagram"),
    PROGRAM("program"),
    /** From before reasons were kept. */
    UNKNOWN("unknown");

    private final String code;

    FailureKind(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    static FailureKind of(String code) {
        for (FailureKind kind : values()) if (kind.code.equals(code)) return kind;
        return UNKNOWN;
    }

    /** What whoever looks has to do before it is tried again. */
    public Text remedy() {
        return Text.of("process.failure." + code + ".remedy");
    }

    /** A failure with the words for it. The text of an error of the program may hold somebody's data, so that only its kind is told. */
    record Told(FailureKind kind, Text why) {}

    static Told tell(Throwable failed) {
        Problem refusal = cause(failed, Problem.class);
        if (refusal != null) return new Told(REFUSED, refusal.text());
        FailureKind kind = kind(failed);
        return new Told(
                kind,
                Text.of("process.failure." + kind.code, root(failed).getClass().getSimpleName()));
    }

    private static FailureKind kind(Throwable failed) {
        if (cause(failed, DataAccessException.class) != null
                || cause(failed, TransactionException.class) != null
                || cause(failed, SQLException.class) != null) return DATABASE;
        if (cause(failed, IOException.class) != null || cause(failed, UncheckedIOException.class) != null)
            return STORAGE;
        // what a bean throws comes wrapped as well, with its own error below
        return root(failed) instanceof ELException ? DIAGRAM : PROGRAM;
    }

    private static Throwable root(Throwable failed) {
        Throwable root = failed;
        for (int deep = 0; root.getCause() != null && deep < 50; deep++) root = root.getCause();
        return root;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failed, Class<T> kind) {
        Throwable at = failed;
        for (int deep = 0; at != null && deep < 50; deep++, at = at.getCause())
            if (kind.isInstance(at)) return kind.cast(at);
        return null;
    }
}
