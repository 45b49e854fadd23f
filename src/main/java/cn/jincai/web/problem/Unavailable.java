package cn.jincai.web.problem;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The database has no connection left, is not there, or let somebody wait for a lock for too long: the same may be tried again in a moment. */
public final class Unavailable {
    private static final String SECONDS = "5";
    /** Of SQLSTATE the classes: no connection, not enough of something, told to stop by its administrator. */
    private static final Set<String> GONE = Set.of("08", "53", "57");

    private static final Set<String> LOCK_TIMEOUT = Set.of("55P03", "HYT00");
    /** H2's own words for a database that is closed or a connection that is broken. */
    private static final Set<Integer> CLOSED = Set.of(90_067, 90_098, 90_121);

    private Unavailable() {}

    /** By what was thrown, or what caused it. */
    public static Optional<Refusal> of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql && isOver(sql)) return Optional.of(refusal());
        return Optional.empty();
    }

    private static boolean isOver(SQLException sql) {
        if (sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || sql instanceof SQLTimeoutException) return true;
        String state = String.valueOf(sql.getSQLState());
        return LOCK_TIMEOUT.contains(state)
                || state.length() == 5 && GONE.contains(state.substring(0, 2))
                || CLOSED.contains(sql.getErrorCode());
    }

    private static Refusal refusal() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, SECONDS);
        return Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, "web.BUSY").with(headers);
    }
}
