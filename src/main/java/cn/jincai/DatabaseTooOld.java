package cn.jincai;

import cn.jincai.kernel.Text;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.stereotype.Component;

/**
 * Stops the start on a database from before the schema was written anew, one file for each room (decision 129): before the engine, Flyway or anybody else
 * looks at it, so that it stays as it is. Its migrations had the numbers 1 to 74; today's begin at 100, and 0 is what the engine's own tables count as.
 */
class DatabaseTooOld extends RuntimeException {
    private static final MigrationVersion NONE = MigrationVersion.fromVersion("0"),
            FIRST = MigrationVersion.fromVersion("100");

    private DatabaseTooOld() {
        super(Text.of("kernel.start.databaseTooOld").both());
    }

    @Component
    static class Check implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof DataSource tables && isOld(tables)) throw new DatabaseTooOld();
            return bean;
        }

        private static boolean isOld(DataSource tables) {
            try (Connection connection = tables.getConnection();
                    Statement sql = connection.createStatement()) {
                if (!hasHistory(connection)) return false;
                try (ResultSet done = sql.executeQuery(
                        "select \"version\" from \"flyway_schema_history\" where \"version\" is not null")) {
                    while (done.next()) if (isOld(MigrationVersion.fromVersion(done.getString(1)))) return true;
                }
                return false;
            } catch (SQLException e) {
                throw new IllegalStateException("which schema the database has can't be read", e);
            }
        }

        private static boolean isOld(MigrationVersion done) {
            return done.compareTo(NONE) > 0 && done.compareTo(FIRST) < 0;
        }

        private static boolean hasHistory(Connection connection) throws SQLException {
            try (ResultSet found = connection
                    .getMetaData()
                    .getTables(null, connection.getSchema(), "flyway\\_schema\\_history", null)) {
                return found.next();
            }
        }
    }

    static class Told extends AbstractFailureAnalyzer<DatabaseTooOld> {
        @Override
        protected FailureAnalysis analyze(Throwable whole, DatabaseTooOld cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    Text.of("kernel.start.databaseTooOld.wayOut").both(),
                    cause);
        }
    }
}
