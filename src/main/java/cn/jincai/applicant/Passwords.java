package cn.jincai.applicant;

import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
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
            return mistake(
                    "PASSWORD_SHORT", "密码至少需要" + LEAST + "个字符。", "A password needs at least " + LEAST + " characters.");
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES)
            return mistake(
                    "PASSWORD_LONG",
                    "密码过长：最多72个字母或24个汉字。",
                    "The password is too long: at most 72 letters or 24 Chinese characters.");
        for (String word : known)
            if (word != null && !word.isBlank() && password.equalsIgnoreCase(word.strip()))
                return mistake(
                        "PASSWORD_GUESSED",
                        "密码不能与账号、姓名、证件号码或手机号码相同。",
                        "The password must not be the account, name, document or phone number.");
        if (password.codePoints().distinct().count() < 4)
            return mistake("PASSWORD_GUESSED", "密码过于简单。", "The password is too simple.");
        return Optional.empty();
    }

    private static Optional<Mistake> mistake(String code, String zh, String en) {
        return Optional.of(new Mistake("password", code, new Text(zh, en)));
    }
}
