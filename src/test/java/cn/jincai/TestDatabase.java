package cn.jincai;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A fresh database for each application of the tests of one JVM: {@code -Ddb=postgresql} starts a real PostgreSQL, else H2 in memory. */
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static EmbeddedPostgres postgres;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of("jincai.data=" + folder()).applyTo(context);
        if (isPostgres()) {
            TestPropertyValues.of(
                            "spring.datasource.url="
                                    + postgres()
                                            .getJdbcUrl(
                                                    "postgres",
                                                    freshDatabase("jc" + Integer.toHexString(context.hashCode()))),
                            "spring.datasource.username=postgres",
                            "spring.datasource.password=")
                    .applyTo(context);
        } else {
            TestPropertyValues.of("spring.datasource.url=jdbc:h2:mem:" + Integer.toHexString(context.hashCode())
                            + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000")
                    .applyTo(context);
        }
    }

    public static boolean isPostgres() {
        return "postgresql".equals(System.getProperty("db"));
    }

    public static synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setRegisterShutdownHook(false)
                        .setServerConfig("full_page_writes", "off") // no crash is to be survived; fsync is off anyway
                        .start();
                SpringApplication.getShutdownHandlers()
                        .add(TestDatabase::stop); // after the applications, which else wait for a database that is gone
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL for the tests did not start", e);
            }
        }
        return postgres;
    }

    /** Another database beside the application's, empty. */
    public static DataSource fresh(String name) {
        if (isPostgres()) return postgres().getDatabase("postgres", freshDatabase(name));
        return new DriverManagerDataSource("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    private static void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for the tests did not stop", e);
        }
    }

    /** An application of other settings has a key of its own, so it can't read what another one has sealed. */
    private static String freshDatabase(String name) {
        try (var connection = postgres().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the tests", e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
