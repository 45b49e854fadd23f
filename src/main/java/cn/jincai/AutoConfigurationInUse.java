package cn.jincai;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Leaves out what Spring Boot would set up by itself and nobody here uses, since each costs the start its share. Of the actuator only health and what it stands on is left,
 * so that no setting can open another of its endpoints.
 */
class AutoConfigurationInUse implements AutoConfigurationImportFilter {
    private static final String ACTUATOR = "org.springframework.boot.actuate.autoconfigure.";
    private static final Pattern HEALTH =
            Pattern.compile("(availability|health|jdbc|system|web\\.server|web\\.servlet)\\..*"
                    + "|endpoint\\.EndpointAutoConfiguration|endpoint\\.web\\..*");

    /** Conditions hold for them, as a library that we need for something else brings the classes along. */
    static final Set<String> UNUSED = Set.of(
            "SpringApplicationAdminJmxAutoConfiguration",
            "CacheAutoConfiguration",
            "PersistenceExceptionTranslationAutoConfiguration", // JdbcClient translates by itself
            "H2ConsoleAutoConfiguration",
            "HttpClientAutoConfiguration",
            "ProjectInfoAutoConfiguration",
            "JndiDataSourceAutoConfiguration",
            "JerseyAutoConfiguration", // Tasklist's calls have a servlet of their own
            "JmxAutoConfiguration",
            "MailSenderValidatorAutoConfiguration",
            // an issuer is set up by our own settings, or nothing of it is loaded (decision 145)
            "OAuth2AuthorizationServerAutoConfiguration",
            "OAuth2AuthorizationServerJwtAutoConfiguration",
            "OAuth2ClientAutoConfiguration",
            "OAuth2ClientWebSecurityAutoConfiguration",
            "OAuth2ResourceServerAutoConfiguration",
            "ReactiveOAuth2ClientAutoConfiguration",
            "ReactiveOAuth2ClientWebSecurityAutoConfiguration",
            "ReactiveOAuth2ResourceServerAutoConfiguration",
            "UserDetailsServiceAutoConfiguration",
            "SqlInitializationAutoConfiguration",
            "TaskExecutionAutoConfiguration",
            "ValidationAutoConfiguration", // only Tasklist brings a Bean Validation
            "RestClientAutoConfiguration",
            "RestTemplateAutoConfiguration",
            "WebSocketServletAutoConfiguration");

    @Override
    public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] used = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++)
            used[i] = classes[i] == null || isUsed(classes[i]); // null: left out before
        return used;
    }

    private static boolean isUsed(String name) {
        if (name.startsWith(ACTUATOR))
            return HEALTH.matcher(name.substring(ACTUATOR.length())).matches();
        return !UNUSED.contains(ClassUtils.getShortName(name));
    }
}
