package cn.jincai.web.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** From where somebody signs in at the form: beside the address the browser, by a token that it is given to keep. */
public class SignInDetails extends WebAuthenticationDetails {
    static final String COOKIE = "JCBROWSER";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String browser;

    public SignInDetails(HttpServletRequest request) {
        super(request);
        browser = Stream.of(Optional.ofNullable(request.getCookies()).orElse(new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .filter(token -> token.matches("[0-9a-f]{32}"))
                .findFirst()
                .orElseGet(SignInDetails::fresh);
    }

    public String browser() {
        return browser;
    }

    private static String fresh() {
        byte[] token = new byte[16];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof SignInDetails details && browser.equals(details.browser);
    }

    @Override
    public int hashCode() {
        return browser.hashCode();
    }
}
