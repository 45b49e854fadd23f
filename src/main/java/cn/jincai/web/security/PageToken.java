package cn.jincai.web.security;

import cn.jincai.kernel.Actor;
import cn.jincai.vault.Vault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.stereotype.Component;

/**
 * The token of our pages against forged requests: by chance, and kept in the session. It also holds whose page it is, as a fingerprint that only
 * this application can make, so that what was typed there is given back to that person alone when the session has ended meanwhile.
 */
@Component
public class PageToken implements CsrfTokenRepository {
    private final HttpSessionCsrfTokenRepository session = new HttpSessionCsrfTokenRepository();
    private final Vault vault;

    PageToken(Vault vault) {
        this.vault = vault;
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        CsrfToken token = session.generateToken(request);
        return new DefaultCsrfToken(token.getHeaderName(), token.getParameterName(), token.getToken() + ownerNow());
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        session.saveToken(token, request, response);
    }

    @Override
    public CsrfToken loadToken(HttpServletRequest request) {
        return session.loadToken(request);
    }

    /** Whose pages are shown now; nobody's where nobody is signed in. */
    String ownerNow() {
        return owner(ActorArgument.signedIn().map(Actor::account).orElse(""));
    }

    String owner(String account) {
        return vault.fingerprint("page", account);
    }

    /** Whose page it was from which this comes, whether or not its session lives. Tells nothing of who sent it. */
    Optional<String> ownerOf(HttpServletRequest sent) {
        CsrfToken like = generateToken(sent);
        String token = new XorCsrfTokenRequestAttributeHandler().resolveCsrfTokenValue(sent, like);
        return Optional.ofNullable(token)
                .filter(t -> t.length() == like.getToken().length())
                .map(t -> t.substring(t.length() - ownerNow().length()));
    }
}
