package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.Overheard;
import cn.jincai.kernel.Role;
import cn.jincai.web.GeneratedRequests.Sender;
import cn.jincai.web.GeneratedRequests.Sent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Whatever is sent to whatever address, by anybody: none of it is our error, and nothing of it gets into the log. {@code -Drequests=20000} sends
 * more, {@code -Drequests.from=4711 -Drequests=1} repeats the one with this number.
 */
@CaseTest
@Tag("issue-15.3")
class GeneratedRequestsAttackIT {
    private static final long SEED = 20_260_302;
    private static final int A_SLICE = 1000, BETWEEN_PAUSES = 100, PATIENCE_MILLIS = 20_000;
    private static final Set<String> NO_BODY = Set.of("HEAD", "TRACE");
    /** What HTTP does not call an address: the container refuses it before there is an application, a path and a language. */
    private static final Pattern NO_ADDRESS =
            Pattern.compile("[\\[\\]]|^[^?]*%(?![0-9A-Fa-f]{2})|^[^?]*%(00|2F|5C|C3%28|ED%A0)");

    private static final Pattern HASH = Pattern.compile("/admin/packages/([\\w-]+)/([0-9a-f]{16,})");

    @LocalServerPort
    int port;

    @Value("${requests.from:0}")
    int from;

    @Value("${requests:" + A_SLICE + "}")
    int many;

    @Autowired
    City city;

    @Autowired
    Overheard overheard;

    @Autowired
    ObjectMapper json;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Test
    void noRequestIsOurError() throws IOException {
        JsonNode description = json.readTree(Path.of("docs/openapi.json").toFile());
        List<Door> doors = Door.all(mapping);
        assertThat(doors.stream().map(door -> door.method().toLowerCase(Locale.ROOT) + " " + door.path()))
                .containsAll(calls(description));
        GeneratedRequests requests = requests(doors, description);
        List<String> wrong = new ArrayList<>();
        int shown = 0;
        for (int number = from; number < from + many; number++) {
            if (number % BETWEEN_PAUSES == 0) pause(number / BETWEEN_PAUSES);
            Sent sent = requests.at(SEED, number);
            String answer = answer(sent);
            if (answer.startsWith("HTTP/1.1 2")) shown++;
            String complaint = complaint(sent, answer);
            if (complaint != null)
                wrong.add(String.join(
                        "\n", complaint, sent.toString(), answer.substring(0, Math.min(300, answer.length()))));
        }
        assertThat(wrong)
                .as(wrong.size() + " of " + many + "\n" + String.join("\n\n", wrong))
                .isEmpty();
        assertThat(overheard.lines())
                .noneMatch(
                        line -> line.contains(GeneratedRequests.IN_QUERY) || line.contains(GeneratedRequests.IN_BODY));
        assertThat(shown).as("they get past the door").isGreaterThanOrEqualTo(many / 10);
    }

    private static List<String> calls(JsonNode description) {
        List<String> calls = new ArrayList<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> calls.add(method + " " + path.getKey())));
        return calls;
    }

    /** So that limits on calls from one address and on wrong passwords, which are others' tests, are seldom all that answers. */
    private void pause(int pauses) {
        city.at(LocalDateTime.parse("2026-03-02T09:00")
                .plusMinutes(16L * pauses)
                .toString());
    }

    private static String complaint(Sent sent, String answer) {
        if (!answer.startsWith("HTTP/1.1 ")) return "no answer";
        int status = Integer.parseInt(answer.substring(9, 12));
        if (status >= 500) return String.valueOf(status);
        if (status < 400 || !sent.isApi() || NO_BODY.contains(sent.verb())) return null;
        if (status == 400 && NO_ADDRESS.matcher(sent.target()).find()) return null;
        String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        return head.contains("content-type: application/problem+json") && answer.contains("\"code\":\"")
                ? null
                : status + " without a problem in JSON";
    }

    /** As it stands, which a client with manners would not send; until the other side closes the connection. */
    private String answer(Sent sent) throws IOException {
        try (Socket line = new Socket("127.0.0.1", port)) {
            line.setSoTimeout(PATIENCE_MILLIS);
            line.getOutputStream().write(sent.bytes());
            return new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException silent) {
            return "";
        }
    }

    private GeneratedRequests requests(List<Door> doors, JsonNode description) {
        ApplicantsCase draft = city.drafted("skills-award", "granted");
        ApplicantsCase begun = city.drafted("recruitment-subsidy", "granted");
        ApplicantsCase award = city.checked("skills-award", "granted");
        ApplicantsCase noticed =
                city.checked("skills-award", "granted").reviewedByBoth().waitsAt("public-notice");
        String task = award.task("reviewer", "first-review").get("id").asText();
        city.call("reviewer", HttpMethod.POST, "/api/tasks/" + task + "/claim", null)
                .is(204);
        List<String> cases = List.of(draft.number(), begun.number(), award.number(), noticed.number());
        List<String> sections = new TreeSet<>(Pattern.compile("/apply/([\\w-]+)\"")
                        .matcher(new Visitor(port)
                                .signIn("applicant")
                                .get("/cases/" + draft.number() + "/apply")
                                .body())
                        .results()
                        .map(link -> link.group(1))
                        .toList())
                .stream().toList();
        List<String> schemes = List.of("skills-award", "recruitment-subsidy", "talent-recognition");
        Map<String, List<String>> made = new HashMap<>();
        made.put("number", cases);
        made.put("case", cases);
        made.put("taskId", List.of(task));
        made.put("id", List.of(task, noticed.notice().get("id").asText()));
        made.put("section", sections);
        made.put("scheme", schemes);
        made.put("code", schemes);
        made.put("need", List.of("CERTIFICATE"));
        Map<String, List<String>> standing = new HashMap<>(made);
        standing.put("id", List.of(task, noticed.notice().get("id").asText(), "1", "2"));
        standing.put("n", List.of("1", "2"));
        standing.put("any", List.of(task));
        standing.put("name", List.of("reviewer", "insurance"));
        standing.put("stage", List.of("first-review", "public-notice"));
        standing.put("hash", hashes());
        standing.put("format", List.of("csv"));
        return new GeneratedRequests(doors, description, standing, made, senders());
    }

    private List<String> hashes() {
        return HASH.matcher(new Visitor(port)
                        .signIn("policy-admin")
                        .get("/admin/packages")
                        .body())
                .results()
                .map(link -> link.group(2))
                .distinct()
                .sorted()
                .toList();
    }

    private List<Sender> senders() {
        List<Sender> senders = new ArrayList<>();
        Visitor nobody = new Visitor(port);
        String token = token(nobody.get("/sign-in"));
        senders.add(new Sender(null, "JCSESSION=" + nobody.cookie("JCSESSION"), token, List.of()));
        for (Role role : Role.values()) {
            String account = role == Role.EXPERT ? "expert1" : role.code();
            Visitor person = new Visitor(port).signIn(account);
            String session = "JCSESSION=" + person.cookie("JCSESSION");
            String pages = token(person.get("/"));
            if (person.get("/camunda/app/tasklist/default/").status() == 200)
                session += "; XSRF-TOKEN=" + person.cookie("XSRF-TOKEN");
            senders.add(new Sender(
                    role,
                    session,
                    pages,
                    List.of("Authorization: Basic "
                            + Base64.getEncoder()
                                    .encodeToString((account + ":" + account).getBytes(StandardCharsets.UTF_8)))));
        }
        return senders;
    }

    private static String token(Visitor.Answer page) {
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
        if (!token.find()) throw new AssertionError("no token on the page");
        return java.net.URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    }
}
