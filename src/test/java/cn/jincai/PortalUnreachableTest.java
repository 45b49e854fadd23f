package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Links in mails lead somewhere, or nothing starts. */
@Tag("issue-15.15")
class PortalUnreachableTest {
    @Test
    void aServerOfMailWantsAPortalThatPeopleReach() {
        for (String portal : new String[] {
            "http://127.0.0.1:8080",
            "http://localhost",
            "https://portal.localhost",
            "http://[::1]:8080",
            "http://0.0.0.0",
            "http://127.1.2.3",
            "jincai.example.cn",
            "ftp://jincai.example.cn",
            ""
        })
            assertThatThrownBy(() -> starts("mail.example.cn", portal))
                    .as(portal)
                    .isInstanceOf(PortalUnreachable.class);
        starts("mail.example.cn", "https://jincai.example.cn");
        starts("mail.example.cn", "http://10.0.0.7:8080");
    }

    @Test
    void withoutMailAnyPortalWillDo() {
        starts("", "http://127.0.0.1:8080");
    }

    @Test
    void itSaysWhyAndTheWayOut() {
        assertThatThrownBy(() -> starts("mail.example.cn", "http://127.0.0.1:8080"))
                .satisfies(thrown -> {
                    var told = new PortalUnreachable.Told().analyze(thrown);
                    assertThat(told.getDescription()).contains("http://127.0.0.1:8080", "own machine");
                    assertThat(told.getAction()).contains("JINCAI_MAIL_PORTAL", "SPRING_MAIL_HOST");
                });
    }

    private static void starts(String mail, String portal) {
        var context = new GenericApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("set", Map.of("spring.mail.host", mail, "jincai.mail.portal", portal)));
        new PortalUnreachable.Check()
                .onApplicationEvent(
                        new ApplicationContextInitializedEvent(new SpringApplication(), new String[0], context));
    }
}
