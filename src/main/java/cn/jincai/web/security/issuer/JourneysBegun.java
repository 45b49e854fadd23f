package cn.jincai.web.security.issuer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Who has gone to which issuer, in his session. An answer counts where that issuer was told to send it and nowhere else, so that none gets hold of what another one gave
 * (RFC 9700, mix-up).
 */
class JourneysBegun implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    private final HttpSessionOAuth2AuthorizationRequestRepository session =
            new HttpSessionOAuth2AuthorizationRequestRepository();

    @Override
    public OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return session.loadAuthorizationRequest(request);
    }

    @Override
    public void saveAuthorizationRequest(
            OAuth2AuthorizationRequest journey, HttpServletRequest request, HttpServletResponse response) {
        session.saveAuthorizationRequest(journey, request, response);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        var journey = session.removeAuthorizationRequest(request, response);
        return journey != null
                        && request.getServletPath()
                                .equals(Issuers.ANSWER + journey.getAttribute(OAuth2ParameterNames.REGISTRATION_ID))
                ? journey
                : null;
    }
}
