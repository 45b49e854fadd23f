package cn.jincai.web.security.issuer;

import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Who has signed in by an issuer: everywhere in the product he is his account. Of what the issuer told only the token is kept, by which one signs out there. */
class IssuerUser extends DefaultOidcUser {
    private final String account;
    private final boolean tiedNow;

    /** @param tiedNow he has just tied his account, and goes on at it */
    IssuerUser(String account, Collection<? extends GrantedAuthority> authorities, OidcIdToken token, boolean tiedNow) {
        super(authorities, token);
        this.account = account;
        this.tiedNow = tiedNow;
    }

    boolean tiedNow() {
        return tiedNow;
    }

    @Override
    public String getName() {
        return account;
    }

    @Override
    public String toString() {
        return account; // claims are a person's
    }
}
