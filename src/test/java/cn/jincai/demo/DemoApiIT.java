package cn.jincai.demo;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

@CaseTest
class DemoApiIT {
    @Autowired
    TestRestTemplate http;

    @AfterEach
    void allWell() {
        turn("admin", "ban", "ok");
    }

    @Test
    void theBodyOfAnApplicationIsGivenToAdminAndApplicant() {
        for (String who : new String[] {"admin", "applicant"}) {
            var body = get(who, "/api/demo/applications/skills-award");
            assertThat(body.getStatusCode().value()).isEqualTo(200);
            assertThat(body.getBody().path("scheme").asText()).isEqualTo("skills-award");
            assertThat(body.getBody().path("answers").path("documentNumber").asText())
                    .hasSize(18);
        }
        assertThat(get("reviewer", "/api/demo/applications/skills-award")
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(http.getForEntity("/api/demo/applications/skills-award", JsonNode.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
    }

    @Test
    void wrongWordsAreToldWithTheRightOnes() {
        var kind = get("admin", "/api/demo/applications/skills-award?kind=wonderful");
        assertThat(kind.getStatusCode().value()).isEqualTo(422);
        assertThat(kind.getBody().path("errors").path(0).path("field").asText()).isEqualTo("kind");
        assertThat(get("admin", "/api/demo/applications/no-such-scheme")
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(turn("admin", "ban", "broken").getStatusCode().value()).isEqualTo(422);
        assertThat(turn("admin", "no-such-source", "down").getStatusCode().value())
                .isEqualTo(404);
    }

    @Test
    void onlyTheAdministratorSwitchesASource() {
        assertThat(turn("applicant", "ban", "down").getStatusCode().value()).isEqualTo(403);
        assertThat(turn("admin", "ban", "down").getStatusCode().value()).isEqualTo(200);
        assertThat(get("admin", "/api/demo/sources").getBody().path("ban").asText())
                .isEqualTo("down");
    }

    private ResponseEntity<JsonNode> get(String who, String path) {
        return http.withBasicAuth(who, who).getForEntity(path, JsonNode.class);
    }

    private ResponseEntity<JsonNode> turn(String who, String source, String mode) {
        return http.withBasicAuth(who, who)
                .exchange(
                        "/api/demo/sources/" + source,
                        HttpMethod.PUT,
                        new HttpEntity<>(Map.of("mode", mode)),
                        JsonNode.class);
    }
}
