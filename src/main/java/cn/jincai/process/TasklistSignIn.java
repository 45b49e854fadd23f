package cn.jincai.process;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who is signed in to the portal is signed in to Tasklist, with the roles of his account; whoever has the rights of a role alone has none of its tasks. Made by the engine's filter, by the name of this class. */
public class TasklistSignIn implements AuthenticationProvider {
    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn == null || !signedIn.isAuthenticated() || request.getUserPrincipal() == null)
            return AuthenticationResult.unsuccessful();
        var result = AuthenticationResult.successful(signedIn.getName());
        result.setGroups(engine.getIdentityService().createGroupQuery().groupMember(signedIn.getName()).list().stream()
                .map(Group::getId)
                .toList());
        return result;
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // the security rules have asked for a sign-in before this is reached
    }
}
