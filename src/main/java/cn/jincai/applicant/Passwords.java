package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How passwords are kept and which are taken. */
@Configuration(proxyBeanMethods = false)
class Passwords {
    static final int LEAST = 10;
    private static final int MOST_BYTES = 72; // what bcrypt reads; it would cut or refuse the rest

    /** The hash names its own kind, so that a better one can follow. The demo's passwords are no secret and are hashed in a moment. */
    @Bean
    PasswordEncoder passwordEncoder(Environment environment) {
        int rounds = environment.acceptsProfiles(Profiles.of("demo")) ? 4 : 12;
        return new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(rounds)));
    }

    /** What is wrong with a password of somebody called by these names or numbers, or empty. */
    static Optional<Mistake> check(String password, String... known) {
        if (password == null || password.codePointCount(0, password.length()) < LEAST)
            return mistake("applicant.PASSWORD_SHORT", LEAST);
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) return mistake("applicant.PASSWORD_LONG");
        for (String word : known)
            if (word != null && !word.isBlank() && password.equalsIgnoreCase(word.strip()))
                return mistake("applicant.PASSWORD_GUESSED");
        if (password.codePoints().distinct().count() < 4) return mistake("applicant.simple.PASSWORD_GUESSED");
        return Optional.empty();
    }

    private static Optional<Mistake> mistake(String key, Object... values) {
        return Optional.of(Mistake.of("password", key, values));
    }
}
