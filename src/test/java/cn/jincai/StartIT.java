package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.journeys.City;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CaseTest
class StartIT {
    @Autowired
    DataSource tables;

    @Autowired
    City city;

    @Test
    void theApplicationStartsOnTheDatabaseThatTheBuildAskedFor() throws SQLException {
        try (var connection = tables.getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName())
                    .isEqualTo(TestDatabase.isPostgres() ? "PostgreSQL" : "H2");
        }
    }

    /** Half an hour later the pool has other connections than the one over which the tables were made. */
    @Test
    void whatIsCheckedWhenItIsWrittenIsCheckedByOtherConnectionsToo() throws SQLException {
        HikariDataSource pool = tables.unwrap(HikariDataSource.class);
        pool.getHikariPoolMXBean().softEvictConnections();
        city.checked("skills-award", "granted");
    }
}
