package cn.jincai;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Stops the start of a real installation at once, before anything is read or written, and says everything that has to be set. */
class SettingsMissing extends RuntimeException {
    private SettingsMissing(List<String> missing) {
        super("Not set: " + String.join("; ", missing) + ".");
    }

    static class Check implements ApplicationListener<ApplicationContextInitializedEvent> {
        @Override
        public void onApplicationEvent(ApplicationContextInitializedEvent event) {
            Environment environment = event.getApplicationContext().getEnvironment();
            if (!environment.acceptsProfiles(Profiles.of("postgresql"))) return;
            List<String> missing = new ArrayList<>();
            if (isBlank(environment, "spring.datasource.url"))
                missing.add("JINCAI_DB_URL (such as jdbc:postgresql://host:5432/jincai)");
            if (isBlank(environment, "spring.datasource.username")) missing.add("JINCAI_DB_USER");
            if (isBlank(environment, "jincai.key"))
                missing.add(
                        "JINCAI_KEY (32 bytes in base64, which seal names, identity numbers, telephones and accounts)");
            if (!missing.isEmpty()) throw new SettingsMissing(missing);
        }

        private static boolean isBlank(Environment environment, String name) {
            return environment.getProperty(name, "").isBlank();
        }
    }

    static class Told extends AbstractFailureAnalyzer<SettingsMissing> {
        @Override
        protected FailureAnalysis analyze(Throwable whole, SettingsMissing cause) {
            return new FailureAnalysis(
                    cause.getMessage() + " 缺少必要的环境变量。",
                    "Set them in the environment. A key is made by `openssl rand -base64 32`; keep it apart from the database and its backups. "
                            + "For the demo, which needs none of this, start without a profile.",
                    cause);
        }
    }

    /** The settings are there, and nobody answers, or not this user or database. */
    static class NoDatabase extends AbstractFailureAnalyzer<SQLException> {
        @Override
        protected FailureAnalysis analyze(Throwable whole, SQLException cause) {
            String state = String.valueOf(cause.getSQLState());
            boolean unreachable = state.startsWith("08") || state.startsWith("28") || state.startsWith("3D");
            return !unreachable
                    ? null
                    : new FailureAnalysis(
                            "The database does not let us in: " + cause.getMessage() + " 数据库无法连接。",
                            "Check JINCAI_DB_URL, JINCAI_DB_USER and JINCAI_DB_PASSWORD, and that PostgreSQL 14 or newer runs there.",
                            cause);
        }
    }
}
