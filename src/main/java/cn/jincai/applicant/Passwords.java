package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/** How passwords are kept and which are taken (decision 143, NIST SP 800-63B-4): by length and by what is known, with no rule on kinds of characters. */
@Configuration(proxyBeanMethods = false)
class Passwords {
    /** Characters; fewer would do only for who shows a second factor too, and everybody has one rule. */
    static final int LEAST = 15;

    private static final int MOST = 128, LOOKED_AT = 64, SALT_BYTES = 16;
    /** How long one that the office made serves for setting another. */
    static final int DAYS_GIVEN = 7;
    /** The same of one that the counter hands over to a person who stands before it. */
    static final int DAYS_HANDED_OVER = 1;

    /**
     * The hash names its own kind, so that a better one can follow; those of before (bcrypt, which reads no more than 72 bytes) are made anew at the next sign-in.
     * The demo's passwords are no secret and are hashed in a moment.
     */
    @Bean
    PasswordEncoder passwordEncoder(Environment environment) {
        int rounds = environment.acceptsProfiles(Profiles.of("demo")) ? 100 : 210_000;
        return new DelegatingPasswordEncoder(
                "pbkdf2",
                Map.of(
                        "pbkdf2",
                        new Pbkdf2PasswordEncoder(
                                "", SALT_BYTES, rounds, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA512),
                        "bcrypt",
                        new BCryptPasswordEncoder()));
    }

    /** One password is one, whichever keyboard composes its characters (NFC). */
    static String typed(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** What is wrong with a password of somebody called by these names or numbers, or empty. */
    static Optional<Mistake> check(@Nullable String given, @Nullable String... known) {
        String password = given == null ? "" : typed(given);
        int length = password.codePointCount(0, password.length());
        if (length < LEAST) return mistake("applicant.PASSWORD_SHORT", LEAST);
        if (length > MOST) return mistake("applicant.PASSWORD_LONG", MOST);
        List<String> names = Stream.of(known)
                .filter(word -> word != null && !word.isBlank())
                .map(String::strip)
                .toList();
        if (names.stream().anyMatch(password::equalsIgnoreCase)) return mistake("applicant.PASSWORD_GUESSED");
        return KnownPasswords.isGuessed(
                        password.substring(0, password.offsetByCodePoints(0, Math.min(length, LOOKED_AT))), names)
                ? mistake("applicant.PASSWORD_KNOWN")
                : Optional.empty();
    }

    /** The lists are read when the first password is looked at, not at the start. */
    private static final class KnownPasswords {
        private static final Zxcvbn LISTS = new Zxcvbn();
        private static final List<String> HERE =
                List.of("jincai", "jinjiang", "quanzhou", "fujian", "rencai", "mima", "woaini");
        /** Of 0 to 4: from here on some hundred million guesses, more than the limits of sign-in let anybody make. */
        private static final int SAFE = 3;

        private static boolean isGuessed(String password, List<String> names) {
            return LISTS.measure(
                                    password,
                                    Stream.concat(HERE.stream(), names.stream()).toList())
                            .getScore()
                    < SAFE;
        }
    }

    private static Optional<Mistake> mistake(String key, Object... values) {
        return Optional.of(Mistake.of("password", key, values));
    }
}
