package cn.jincai.web.security.issuer;

import cn.jincai.kernel.Problem;
import cn.jincai.web.security.SignInPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/** Whoever has signed in by an issuer signs out there too; where it is away, or has no such page, here alone. */
class IssuerSignOut extends OidcClientInitiatedLogoutSuccessHandler {
    IssuerSignOut(Issuers issuers) {
        super(issuers);
        setPostLogoutRedirectUri("{baseUrl}/");
        setDefaultTargetUrl("/");
    }

    @Override
    protected String determineTargetUrl(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who) {
        try {
            return super.determineTargetUrl(request, response, who);
        } catch (Problem away) {
            return getDefaultTargetUrl();
        }
    }

    /** Tasklist signs out by a call of its script, which can't lead anywhere: the sign-in page, to which it goes then, leads on. */
    LogoutSuccessHandler later() {
        return (request, response, who) -> {
            String there = determineTargetUrl(request, response, who);
            if (!there.equals(getDefaultTargetUrl())) request.getSession().setAttribute(SignInPage.LEADS_ON, there);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        };
    }
}
