package cn.jincai.web.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords; the next try is looked at after this time. */
class TooManyAttempts extends AuthenticationException {
    final Duration retryAfter;

    TooManyAttempts(Duration retryAfter) {
        super("too many attempts to sign in");
        this.retryAfter = retryAfter;
    }
}
