package cn.jincai.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.web.security.issuer.IssuerSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** An issuer as an operator writes it: in the environment. */
@Tag("issue-15.8")
class IssuerSettingsTest {
    private final Map<String, Object> environment = new HashMap<>(Map.of(
            "JINCAI_ISSUERS_CITY_URL", "https://id.jinjiang.example",
            "JINCAI_ISSUERS_CITY_CLIENT_ID", "jincai",
            "JINCAI_ISSUERS_CITY_CLIENT_SECRET", "s"));

    private IssuerSettings.Issuer city() {
        var here = new StandardEnvironment();
        here.getPropertySources().addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment));
        ConfigurationPropertySources.attach(here);
        return Binder.get(here)
                .bind("jincai", IssuerSettings.class)
                .get()
                .issuers()
                .get("city");
    }

    @Test
    void isReadFromTheEnvironmentWithItsRolesDocumentAndPrograms() {
        environment.putAll(Map.of(
                "JINCAI_ISSUERS_CITY_NAME_ZH", "统一身份认证",
                "JINCAI_ISSUERS_CITY_NAME_EN", "City identity",
                "JINCAI_ISSUERS_CITY_ROLES_SENIOR_REVIEWER", "jc-senior",
                "JINCAI_ISSUERS_CITY_ROLES_FINANCE", "jc finance",
                "JINCAI_ISSUERS_CITY_ROLES_LEGAL_REVIEWER", "jc-legal",
                "JINCAI_ISSUERS_CITY_SECOND_FACTOR_AMR", "otp, hwk",
                "JINCAI_ISSUERS_CITY_DOCUMENT_TYPE_CLAIM", "t",
                "JINCAI_ISSUERS_CITY_DOCUMENT_NUMBER_CLAIM", "n",
                "JINCAI_ISSUERS_CITY_DOCUMENT_VERIFIED_CLAIM", "v",
                "JINCAI_ISSUERS_CITY_DOCUMENT_TYPES_RESIDENT_ID", "01"));
        environment.put("JINCAI_ISSUERS_CITY_PROGRAMS_0_CLIENT", "treasury");
        environment.put("JINCAI_ISSUERS_CITY_PROGRAMS_0_ACCOUNT", "treasury-program");
        var city = city();
        assertThat(city.name().en()).isEqualTo("City identity");
        assertThat(city.roles())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("senior-reviewer", "jc-senior", "finance", "jc finance", "legal-reviewer", "jc-legal"));
        assertThat(city.secondFactorAmr()).containsExactlyInAnyOrder("otp", "hwk");
        assertThat(city.document().types()).containsExactly(Map.entry("RESIDENT_ID", "01"));
        assertThat(city.programs()).containsExactly(new IssuerSettings.Program("treasury", "treasury-program"));
        assertThat(city.scopes()).containsExactly("openid");
        assertThat(city.rolesClaim()).isEqualTo("roles");
    }

    @Test
    void whatWouldBeUnsafeOrIsMissingIsRefusedByName() {
        refuses("url", "JINCAI_ISSUERS_CITY_URL", "http://id.jinjiang.example");
        refuses("client-secret", "JINCAI_ISSUERS_CITY_CLIENT_SECRET", " ");
        refuses("audience", "JINCAI_ISSUERS_CITY_AUDIENCE", "jincai");
        refuses("roles", "JINCAI_ISSUERS_CITY_ROLES_APPLICANT", "everybody");
        refuses("document", "JINCAI_ISSUERS_CITY_DOCUMENT_NUMBER_CLAIM", "n");
    }

    private void refuses(String setting, String name, String value) {
        Object before = environment.put(name, value);
        assertThatThrownBy(this::city).as(setting).rootCause().hasMessageContaining("jincai.issuers.*." + setting);
        if (before == null) environment.remove(name);
        else environment.put(name, before);
    }
}
