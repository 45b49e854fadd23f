package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CaseTest
class StartIT {
    @Autowired
    DataSource tables;

    @Test
    void theApplicationStartsOnTheDatabaseThatTheBuildAskedFor() throws SQLException {
        try (var connection = tables.getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName())
                    .isEqualTo(TestDatabase.isPostgres() ? "PostgreSQL" : "H2");
        }
    }
}
