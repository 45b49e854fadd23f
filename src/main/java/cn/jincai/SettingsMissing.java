package cn.jincai;

import cn.jincai.kernel.Text;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Stops the start of a real installation at once, before anything is read or written, and says everything that has to be set. */
class SettingsMissing extends RuntimeException {
    private final String missing;

    private SettingsMissing(List<String> missing) {
        super(String.join(", ", missing));
        this.missing = String.join(", ", missing);
    }

    static class Check implements ApplicationListener<ApplicationContextInitializedEvent> {
        @Override
        public void onApplicationEvent(ApplicationContextInitializedEvent event) {
            Environment environment = event.getApplicationContext().getEnvironment();
            if (!environment.acceptsProfiles(Profiles.of("postgresql"))) return;
            List<String> missing = new ArrayList<>();
            if (isBlank(environment, "spring.datasource.url")) missing.add("JINCAI_DB_URL");
            if (isBlank(environment, "spring.datasource.username")) missing.add("JINCAI_DB_USER");
            if (isBlank(environment, "jincai.key")) missing.add("JINCAI_KEY");
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
                    Text.of("kernel.start.notSet", cause.missing).both(),
                    Text.of("kernel.start.notSet.wayOut").both(),
                    cause);
        }
    }

    /** The settings are there, and nobody answers, or not this user or database. */
    static class NoDatabase extends AbstractFailureAnalyzer<SQLException> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable whole, SQLException cause) {
            String state = String.valueOf(cause.getSQLState());
            boolean unreachable = state.startsWith("08") || state.startsWith("28") || state.startsWith("3D");
            return !unreachable
                    ? null
                    : new FailureAnalysis(
                            Text.of("kernel.start.noDatabase").both() + " " + cause.getMessage(),
                            Text.of("kernel.start.noDatabase.wayOut").both(),
                            cause);
        }
    }
}
