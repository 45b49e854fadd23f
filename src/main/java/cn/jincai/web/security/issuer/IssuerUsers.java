package cn.jincai.web.security.issuer;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.IssuerAccounts;
import cn.jincai.applicant.IssuerAccounts.Told;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.web.security.SignIn;
import cn.jincai.web.security.SignInRecord;
import cn.jincai.web.security.issuer.IssuerSettings.Issuer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** What an issuer has told becomes who one is here: an account, its roles, and what is left to do. */
class IssuerUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {
    private final OidcUserService claims;
    private final Issuers issuers;
    private final IssuerAccounts accounts;
    private final Packages packages;
    private final SignIn signIn;
    private final SignInRecord record;

    IssuerUsers(
            OidcUserService claims,
            Issuers issuers,
            IssuerAccounts accounts,
            Packages packages,
            SignIn signIn,
            SignInRecord record) {
        this.claims = claims;
        this.issuers = issuers;
        this.accounts = accounts;
        this.packages = packages;
        this.signIn = signIn;
        this.record = record;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        String name = request.getClientRegistration().getRegistrationId();
        OidcUser user = claims.loadUser(request);
        try {
            return known(name, user);
        } catch (Problem problem) {
            record.refusedByIssuer(name, problem.code());
            throw new RefusedWithWords(problem);
        }
    }

    private IssuerUser known(String name, OidcUser user) {
        Issuer issuer = issuers.settingsOf(name);
        Told told = told(issuer, user);
        var holder = TyingAccount.of(name);
        Account account = holder.isPresent() ? accounts.tie(told, holder.get()) : accounts.signIn(told);
        if (account.roles().isEmpty()) throw Problem.forbidden("applicant.issuer.NO_ROLE");
        return new IssuerUser(
                account.name(),
                signIn.afterTheIssuer(account, hasShownSecondFactor(issuer, user.getIdToken())),
                user.getIdToken(),
                holder.isPresent());
    }

    private Told told(Issuer issuer, OidcUser user) {
        Set<String> told = texts(claim(user.getClaims(), issuer.rolesClaim()));
        Map<Role, String> spokenFor = new TreeMap<>();
        issuer.roles().forEach((code, claim) -> role(code).ifPresent(role -> spokenFor.put(role, claim)));
        Set<Role> claimed = spokenFor.entrySet().stream()
                .filter(role -> told.contains(role.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Told(
                issuer.url().toString(),
                user.getSubject(),
                document(issuer, user.getClaims()).orElse(null),
                spokenFor.keySet(),
                claimed);
    }

    /** One of the product's own, or of the register today. */
    private Optional<Role> role(String code) {
        return Role.find(code)
                .or(() -> packages.furtherRoles().stream()
                        .filter(role -> role.code().equals(code))
                        .findFirst());
    }

    private static Optional<IssuerAccounts.Document> document(Issuer issuer, Map<String, Object> claims) {
        var wanted = issuer.document();
        if (wanted == null
                || !wanted.verifiedAs().equals(Objects.toString(claim(claims, wanted.verifiedClaim()), null)))
            return Optional.empty();
        String kind = Objects.toString(claim(claims, wanted.typeClaim()), ""),
                number = Objects.toString(claim(claims, wanted.numberClaim()), "");
        return wanted.types().entrySet().stream()
                .filter(type -> type.getValue().equals(kind) && !number.isBlank())
                .findFirst()
                .map(type -> new IssuerAccounts.Document(type.getKey(), number));
    }

    private static boolean hasShownSecondFactor(Issuer issuer, OidcIdToken token) {
        Set<String> ways = texts(token.getClaim("amr"));
        return !Collections.disjoint(issuer.secondFactorAmr(), ways)
                || issuer.secondFactorAcr().contains(Objects.toString(token.getClaim("acr"), ""));
    }

    /** By its name, or by the way into it: {@code realm_access.roles}. */
    private static @Nullable Object claim(Map<?, ?> claims, String name) {
        if (claims.containsKey(name)) return claims.get(name);
        int dot = name.indexOf('.');
        return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? claim(inner, name.substring(dot + 1))
                : null;
    }

    private static Set<String> texts(@Nullable Object claim) {
        if (claim instanceof Collection<?> list)
            return list.stream().map(String::valueOf).collect(Collectors.toSet());
        return claim instanceof String text ? Set.copyOf(Arrays.asList(text.split(" "))) : Set.of();
    }
}
