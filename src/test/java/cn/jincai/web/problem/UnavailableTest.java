package cn.jincai.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** What the database says while it restarts, is too busy or lets one wait for a lock is told as "come again"; a mistake of ours is not. */
@Tag("issue-13.13")
class UnavailableTest {
    @ParameterizedTest
    @CsvSource({
        "57P01, 0, true",
        "57P03, 0, true",
        "08006, 0, true",
        "53300, 0, true",
        "55P03, 0, true",
        "HYT00, 50200, true",
        "90098, 90098, true",
        "90121, 90121, true",
        "23505, 23505, false",
        "42601, 0, false",
        "22003, 0, false",
        ", 0, false"
    })
    void bySqlState(String state, int code, boolean comeAgain) {
        assertThat(Unavailable.of(new IllegalStateException(new SQLException("the row's values", state, code)))
                        .isPresent())
                .isEqualTo(comeAgain);
    }

    @Test
    void byWhatKindItIs() {
        assertThat(Unavailable.of(
                        new CannotGetJdbcConnectionException("no", new SQLTransientConnectionException("pool"))))
                .get()
                .satisfies(refusal -> {
                    assertThat(refusal.status().value()).isEqualTo(503);
                    assertThat(refusal.headers().getFirst("Retry-After")).isEqualTo("5");
                });
        assertThat(Unavailable.of(new SQLTimeoutException("lock"))).isPresent();
        assertThat(Unavailable.of(new BatchUpdateException("lock", "HYT00", 50_200, new int[0])))
                .isPresent();
        assertThat(Unavailable.of(new NullPointerException())).isEmpty();
    }
}
