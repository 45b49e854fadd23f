package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.SecondFactors;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page and call says who may use it, and each role, and nobody at all, tries them all. */
@CaseTest
class AccessIT {
    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    Accounts accounts;

    @Autowired
    SecondFactors factors;

    private List<Door> doors;

    @BeforeEach
    void allDoors() {
        doors = Door.all(mapping);
    }

    @Test
    void everyDoorSaysWhoMayUseIt() {
        assertThat(doors).hasSizeGreaterThan(20);
        assertThat(doors)
                .allSatisfy(door -> assertThat(door.rule())
                        .as(door.method() + " " + door.path())
                        .matches("permitAll\\(\\)|isAuthenticated\\(\\)|has(Any)?Authority\\(('[a-z-]+'(, ?)?)+\\)"));
        Set<String> codes = Arrays.stream(Role.values()).map(Role::code).collect(Collectors.toSet());
        assertThat(doors).allSatisfy(door -> {
            var named = Door.NAMED.matcher(door.rule());
            while (named.find())
                assertThat(codes)
                        .as(door.path())
                        .containsAll(Stream.of(named.group(1).split(","))
                                .map(r -> r.replace("'", "").strip())
                                .toList());
        });
    }

    /** The tests' own description of the API says nothing of who may read it. */
    @Test
    void anEndpointThatDoesNotSayWhoMayCallItIsClosedToAll() {
        for (Role role : roles()) {
            if (role == null) continue;
            assertThat(new Visitor(port).signIn(account(role)).get("/described").status())
                    .as(role.code())
                    .isEqualTo(403);
        }
    }

    /** Beside our own there is only the tests' description of the API. */
    @Test
    void nothingElseHasBeenLeftOpen() {
        assertThat(mapping.getHandlerMethods().values())
                .map(h -> h.getBeanType().getName())
                .filteredOn(name -> !name.startsWith("cn.jincai."))
                .allMatch(name -> name.startsWith("org.springdoc."));
    }

    @Test
    void nobodyAndEachRoleReadEveryPageAndCall() {
        var wrong = new ArrayList<String>();
        for (Role role : roles()) {
            var atPages = role == null ? new Visitor(port) : new Visitor(port).signIn(account(role));
            var atApi = role == null ? new Visitor(port) : new Visitor(port).withPassword(account(role), account(role));
            for (Door door : doors) {
                if (!door.method().equals("GET") || door.path().equals("/error")) continue;
                var answer = (door.isApi() ? atApi : atPages)
                        .get(door.filled(), "Accept", door.isApi() ? "*/*" : "text/html, */*;q=0.1");
                String told = complaint(door, role, answer);
                if (told == null) told = missingHeader(answer.headers());
                if (told != null)
                    wrong.add((role == null ? "anonymous" : role.code()) + " " + door + ": " + answer.status() + " "
                            + told);
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** Whoever may not use a form or a call gets no further than the door, whatever he sends; those who may are not tried: it would change something. */
    @Test
    void whoMayNotChangeSomethingIsRefused() {
        var wrong = new ArrayList<String>();
        for (Role role : roles()) {
            var atPages = role == null ? new Visitor(port) : new Visitor(port).signIn(account(role));
            var page = atPages.get(role == null ? "/sign-in" : "/");
            var atApi = role == null ? new Visitor(port) : new Visitor(port).withPassword(account(role), account(role));
            for (Door door : doors) {
                if (door.method().equals("GET") || door.isOpenTo(role)) continue;
                var answer = door.isApi()
                        ? atApi.send(
                                door.method(),
                                door.filled(),
                                door.upload() ? door.parts() : door.json(),
                                "Content-Type",
                                door.upload() ? "multipart/form-data; boundary=x" : "application/json")
                        : door.upload()
                                ? atPages.parts(door.filled(), door.parts(), page)
                                : atPages.form(door.filled(), door.fields(), page);
                String told = complaint(door, role, answer);
                if (told != null)
                    wrong.add((role == null ? "anonymous" : role.code()) + " " + door + ": " + answer.status() + " "
                            + told);
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** Between password and code nobody has a role, and no door is open but the one where the code is asked for. */
    @Test
    @Tag("issue-15.7")
    void whoHasNotShownHisCodeYetGetsThroughNoDoorAtAll() {
        String name = "half-signed-in", password = "correct horse battery";
        accounts.make(Account.of(name, "半路", Role.ADMIN), password, null);
        var actor = new Actor(name, Set.of(Role.ADMIN));
        factors.confirm(new Telephone(factors.begin(actor)).code(0), actor);
        var atPages = new Visitor(port);
        atPages.trySignIn(name, password);
        var page = atPages.get("/sign-in/code");
        var atApi = new Visitor(port).withPassword(name, password);
        var open = Set.of("/sign-in", "/sign-in/code", "/passkey/options", "/sign-out", "/language", "/error");
        var wrong = new ArrayList<String>();
        for (Door door : doors) {
            if (open.contains(door.path())
                    || door.path().equals("/sign-in/again")
                    || door.path().startsWith("/simulator/")) continue; // the demo's registers, which know no session
            var answer = door.isApi()
                    ? atApi.send(
                            door.method(),
                            door.filled(),
                            door.method().equals("GET") ? null : door.json(),
                            "Content-Type",
                            "application/json")
                    : door.method().equals("GET")
                            ? atPages.get(door.filled(), "Accept", "text/html, */*;q=0.1")
                            : atPages.form(door.filled(), door.fields(), page);
            boolean shut = door.isApi()
                    ? answer.status() == 403 && answer.body().contains("SECOND_FACTOR_DUE")
                    : answer.status() == 302 && answer.location().endsWith("/sign-in/code");
            if (!shut) wrong.add(door + ": " + answer.status() + " " + answer.location());
        }
        for (String call : List.of("/camunda/app/tasklist/default/", "/camunda/app/admin/default/"))
            if (!atPages.get(call, "Accept", "text/html").location().endsWith("/sign-in/code")) wrong.add(call);
        for (String call :
                List.of("engine/engine/default/task", "engine/engine/default/filter", "admin/auth/user/default"))
            if (atPages.get("/camunda/api/" + call).status() != 403) wrong.add(call);
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    private static String complaint(Door door, Role role, Visitor.Answer answer) {
        boolean toSignIn = answer.status() == 401
                || answer.status() == 302 && answer.location().endsWith("/sign-in");
        if (answer.status() >= 500) return "broken";
        if (door.isOpenTo(role)) return toSignIn ? "asks for a sign-in" : answer.status() == 403 ? "refused" : null;
        if (role == null) return toSignIn ? null : "let in without a sign-in";
        return answer.status() == 403 ? null : "not refused";
    }

    /** What a browser has to be told with each answer, so that nothing in it is taken for something else, framed, kept or passed on. */
    private static String missingHeader(HttpHeaders headers) {
        String policy = headers.firstValue("Content-Security-Policy").orElse("");
        if (!policy.matches(".*(object|default)-src 'none'.*")
                || !policy.contains("base-uri 'none'")
                || !policy.contains("frame-ancestors '")) return "content policy: " + policy;
        if (!headers.allValues("X-Content-Type-Options").equals(List.of("nosniff"))) return "content may be guessed";
        if (headers.firstValue("Referrer-Policy").isEmpty()) return "addresses are passed on";
        if (!headers.firstValue("Cache-Control").orElse("").contains("no-store")) return "may be kept";
        if (headers.firstValue("Server").isPresent()
                || headers.firstValue("X-Powered-By").isPresent()) return "says what it runs on";
        String type = headers.firstValue("Content-Type").orElse("");
        return type.startsWith("text/") && !type.contains("charset=") ? type : null;
    }

    private static List<Role> roles() {
        var roles = new ArrayList<Role>(Arrays.asList(Role.values()));
        roles.add(null);
        return roles;
    }

    private static String account(Role role) {
        return role == Role.EXPERT ? "expert1" : Objects.requireNonNull(role).code();
    }
}
