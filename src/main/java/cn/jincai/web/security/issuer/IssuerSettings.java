package cn.jincai.web.security.issuer;

import cn.jincai.applicant.Registration;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** By which issuers one signs in beside accounts and passwords here ({@code jincai.issuers.<name>}), and what their claims mean. Names nothing of OAuth. */
@ConfigurationProperties("jincai")
public record IssuerSettings(Map<String, Issuer> issuers) {
    public IssuerSettings {
        issuers = issuers == null ? Map.of() : issuers;
    }

    /**
     * @param name            as the sign-in page calls it
     * @param url             the issuer's identifier, below which its description lies; https, but for this machine
     * @param scopes          asked for at sign-in
     * @param rolesClaim      which claim tells roles; a dot leads into a claim
     * @param roles           for each role of staff that the issuer speaks for, what stands in that claim; of other roles it says nothing
     * @param secondFactorAmr values of {@code amr}, each of which says that a second factor was shown there
     * @param secondFactorAcr the same of {@code acr}
     * @param document        by which claims an applicant's document is told, or null: then by none
     * @param audience        what bearer tokens for {@code /api} are made out to, or null: then none is taken
     * @param clientClaim     which claim of a bearer token names the program
     */
    public record Issuer(
            @Nullable Text name,
            URI url,
            String clientId,
            String clientSecret,
            @DefaultValue("openid") Set<String> scopes,
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue Map<String, String> roles,
            @DefaultValue Set<String> secondFactorAmr,
            @DefaultValue Set<String> secondFactorAcr,
            @Nullable Document document,
            @Nullable String audience,
            @DefaultValue("client_id") String clientClaim,
            @DefaultValue List<Program> programs) {
        public Issuer {
            must(url != null && url.getHost() != null, "url");
            must("https".equals(url.getScheme()) || isThisMachine(url), "url: https");
            must(clientId != null && !clientId.isBlank(), "client-id");
            must(clientSecret != null && !clientSecret.isBlank(), "client-secret");
            roles = roles.entrySet().stream()
                    .collect(Collectors.toMap(role -> asACode(role.getKey()), Map.Entry::getValue));
            must(
                    Collections.disjoint(roles.keySet(), List.of(Role.APPLICANT.code(), Role.EMPLOYER.code())),
                    "roles: of staff alone");
            must(
                    !clientId.equals(audience),
                    "audience: another than client-id, or what is told of people would serve programs");
        }

        /** Where its pages are: forms that end there may be sent there. */
        String origin() {
            return url.getScheme() + "://" + url.getRawAuthority();
        }
    }

    /**
     * An applicant's document, told by an issuer that has checked it. Counts only where {@code verifiedClaim} is {@code verifiedAs}.
     *
     * @param types for our kinds of document, what stands in {@code typeClaim}
     */
    public record Document(
            String typeClaim,
            String numberClaim,
            String verifiedClaim,
            @DefaultValue("true") String verifiedAs,
            Map<String, String> types) {
        public Document {
            must(typeClaim != null && numberClaim != null && verifiedClaim != null, "document: all three claims");
            types = types == null
                    ? Map.of()
                    : types.entrySet().stream()
                            .collect(Collectors.toMap(type -> asWeWriteIt(type.getKey()), Map.Entry::getValue));
            must(!types.isEmpty() && Registration.DOCUMENT_TYPES.containsAll(types.keySet()), "document: types");
        }
    }

    /** A program of the city: its client at the issuer, its account here. */
    public record Program(String client, String account) {}

    /** Its name in words, or its code where the settings give none. */
    public Text nameOf(String issuer) {
        var known = issuers.get(issuer);
        return known == null || known.name() == null ? Text.same(issuer) : known.name();
    }

    private static void must(boolean holds, String setting) {
        if (!holds) throw new IllegalArgumentException("jincai.issuers.*." + setting);
    }

    /** The environment knows no small letters, and reads {@code _} as a dot. */
    /** The environment has no hyphens. */
    private static String asACode(String role) {
        return role.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }

    private static String asWeWriteIt(String type) {
        return type.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static boolean isThisMachine(URI url) {
        return Set.of("127.0.0.1", "localhost", "[::1]").contains(url.getHost());
    }
}
