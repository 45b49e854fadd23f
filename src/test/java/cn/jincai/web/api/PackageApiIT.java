package cn.jincai.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.ChangedZip;
import cn.jincai.policy.Publication;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;

/** A program changes a package the way people do: looks, uploads, proposes; another person approves. Who else may call each of these, AccessIT tries for every role. */
@CaseTest
@Tag("issue-16.16")
class PackageApiIT {
    private static final String SCHEME = "recruitment-subsidy", ALL = "/api/packages";

    @LocalServerPort
    int port;

    @Autowired
    CityClock clock;

    @Autowired
    Publication publication;

    private Visitor admin, approver;

    @BeforeEach
    void twoPeople() {
        admin = as("policy-admin");
        approver = as("policy-approver");
    }

    private Visitor as(String account) {
        return new Visitor(port).withPassword(account, account);
    }

    private JsonNode inForce() {
        for (JsonNode one : admin.get(ALL).json())
            if (one.path("scheme").asText().equals(SCHEME)) return one;
        throw new AssertionError(SCHEME);
    }

    private byte[] changed(String from, String to) {
        String hash = inForce().path("hash").asText();
        assertThat(admin.get(ALL + "/" + SCHEME + "/" + hash + "/zip").body()).startsWith("PK");
        return ChangedZip.of(publication.zip(SCHEME, hash), "scheme.yaml", text -> text.replaceFirst(from, to));
    }

    private Visitor.Answer upload(String path, byte[] zip) {
        return RestClient.create("http://127.0.0.1:" + port)
                .post()
                .uri(path)
                .headers(headers -> headers.setBasicAuth("policy-admin", "policy-admin"))
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(new LinkedMultiValueMap<>(Map.of("file", List.of(new ByteArrayResource(zip) {
                    @Override
                    public String getFilename() {
                        return "package.zip";
                    }
                }))))
                .exchange((request, answer) -> new Visitor.Answer(
                        answer.getStatusCode().value(),
                        new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8),
                        HttpHeaders.of(answer.getHeaders(), (name, value) -> true)));
    }

    private Visitor.Answer post(Visitor who, String path, String json) {
        return who.send("POST", path, json, "Content-Type", "application/json");
    }

    private String proposed(String hash, String note) {
        Visitor.Answer answer = post(
                admin,
                ALL + "/" + SCHEME + "/" + hash + "/proposals",
                "{\"from\": \"%s\", \"note\": \"%s\", \"reasons\": []}".formatted(clock.today(), note));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("state").asText()).isEqualTo("open");
        return ALL + "/proposals/" + answer.json().path("id").asText();
    }

    @Test
    void aPackageIsLookedAtUploadedProposedTakenBackProposedAgainAndPublishedByAnother() {
        String before = inForce().path("hash").asText();
        byte[] zip = changed("引进博士硕士补贴", "引进博士硕士生活补贴");
        JsonNode checked = upload(ALL + "/check", zip).json();
        assertThat(checked.path("passes").asBoolean()).isTrue();
        assertThat(checked.path("findings")).hasSize(2).allSatisfy(f -> {
            assertThat(f.path("stops").asBoolean()).isFalse();
            assertThat(f.path("line").asInt()).isGreaterThan(1);
        });
        Visitor.Answer uploaded = upload(ALL, zip);
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(201);
        String hash = uploaded.json().at("/version/hash").asText();
        assertThat(uploaded.json().path("warnings"))
                .as("the one in force has them too")
                .isEmpty();
        assertThat(uploaded.json().at("/differences/0/path").asText()).isEqualTo("scheme.yaml");
        assertThat(inForce().path("hash").asText()).isEqualTo(before);

        String first = proposed(hash, "名称");
        assertThat(inForce().at("/proposals/0/hash").asText()).isEqualTo(hash);
        assertThat(post(approver, first + "/withdraw", "").status()).isEqualTo(403);
        assertThat(post(admin, first + "/withdraw", "").json().path("state").asText())
                .isEqualTo("withdrawn");
        assertThat(post(admin, first + "/withdraw", "").status()).isEqualTo(409);
        assertThat(post(approver, first + "/approve", "").status()).isEqualTo(409);

        String second = proposed(hash, "名称");
        assertThat(post(admin, second + "/approve", "").status())
                .as("who proposed it")
                .isEqualTo(403);
        assertThat(post(approver, second + "/decline", "{\"reason\": \" \"}").status())
                .isEqualTo(422);
        assertThat(post(approver, second + "/decline", "{\"reason\": \"再议\"}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("declined");

        String third = proposed(hash, "名称，再次");
        assertThat(post(approver, third + "/approve", "").json().path("state").asText())
                .isEqualTo("published");
        assertThat(inForce().path("hash").asText()).isEqualTo(hash);
        assertThat(as("auditor").get(third).json().path("decidedBy").asText()).isEqualTo("policy-approver");
        post(approver, proposed(before, "恢复") + "/approve", "");
        assertThat(inForce().path("hash").asText()).isEqualTo(before);
    }

    @Test
    void aFaultyPackageIsToldWithFileAndLineAndNothingIsKept() {
        byte[] zip = changed("governingDate: ", "govrningDate: ");
        JsonNode checked = upload(ALL + "/check", zip).json();
        assertThat(checked.path("passes").asBoolean()).isFalse();
        assertThat(checked.path("findings")).anySatisfy(f -> {
            assertThat(f.path("code").asText()).isEqualTo("UNKNOWN_KEY");
            assertThat(f.path("file").asText()).isEqualTo("scheme.yaml");
            assertThat(f.path("line").asInt()).isGreaterThan(1);
            assertThat(f.path("stops").asBoolean()).isTrue();
        });
        Visitor.Answer refused = upload(ALL, zip);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors"))
                .anySatisfy(e -> assertThat(e.path("code").asText()).isEqualTo("UNKNOWN_KEY"));
        assertThat(admin.get(ALL + "/" + SCHEME + "/" + "0".repeat(64)).status())
                .isEqualTo(404);
    }
}
