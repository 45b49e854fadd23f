package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.RolesChanged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;

/** Coming in: by form, by password with each call, never by guessing; and what stays shut for all. */
@CaseTest
class SignInIT {
    @LocalServerPort int port;
    @Autowired ApplicationEventPublisher events;

    @Test
    void aNewSessionBeginsAtSignIn() {
        var visitor = new Visitor(port);
        visitor.get("/sign-in");
        String before = visitor.cookie("JCSESSION");
        visitor.signIn("applicant");
        assertThat(visitor.cookie("JCSESSION")).isNotEqualTo(before);
    }

    @Test
    void oneGoesOnToThePageThatWasAskedFor() {
        var visitor = new Visitor(port);
        assertThat(visitor.get("/camunda/app/tasklist/default/", "Accept", "text/html").location()).endsWith("/sign-in");
        assertThat(visitor.trySignIn("reviewer", "reviewer").location()).endsWith("/camunda/app/tasklist/default/");
    }

    @Test
    void aWrongPasswordTellsNothingAndKeepsNothingInTheAddress() {
        var wrong = new Visitor(port).trySignIn("intake", "wrong");
        var nobody = new Visitor(port).trySignIn("nobody-of-that-name", "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("账号或密码不正确").doesNotContain("value=\"wrong\"");
    }

    @Test
    void guessingIsStoppedByAccountAndOnlyThere() {
        String account = "guessed-" + System.nanoTime();
        for (int n = 0; n < 10; n++) assertThat(new Visitor(port).withPassword(account, "x" + n).get("/api/cases").status()).isEqualTo(401);
        var eleventh = new Visitor(port).withPassword(account, "x").get("/api/cases");
        assertThat(eleventh.status()).isEqualTo(429);
        assertThat(Long.parseLong(eleventh.headers().firstValue("Retry-After").orElseThrow())).isPositive();
        assertThat(eleventh.json().path("code").asText()).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(new Visitor(port).trySignIn(account, "x").status()).as("the same count at the form").isEqualTo(429);
        assertThat(new Visitor(port).withPassword("reviewer", "reviewer").get("/api/tasks").status()).as("others sign in as before").isEqualTo(200);
    }

    @Test
    void withoutThePagesTokenNothingIsSent() {
        var visitor = new Visitor(port).signIn("applicant");
        assertThat(visitor.send("POST", "/sign-out", "", "Content-Type", "application/x-www-form-urlencoded").status()).isEqualTo(403);
        assertThat(new Visitor(port).send("POST", "/sign-in", "username=applicant&password=applicant", "Content-Type", "application/x-www-form-urlencoded").status()).isEqualTo(403);
    }

    @Test
    void whoseRolesChangeSignsInAgain() {
        var visitor = new Visitor(port).signIn("supervisor").inTasklist();
        events.publishEvent(new RolesChanged("supervisor"));
        assertThat(visitor.get("/camunda/api/engine/engine/default/filter").status()).isEqualTo(401);
        assertThat(visitor.get("/cases", "Accept", "text/html").status()).isEqualTo(302);
    }

    @Test
    void theApiKnowsNoSession() {
        var inBrowser = new Visitor(port).signIn("reviewer");
        assertThat(inBrowser.get("/api/tasks").status()).isEqualTo(401);
        var program = new Visitor(port).withPassword("reviewer", "reviewer").get("/api/tasks");
        assertThat(program.status()).isEqualTo(200);
        assertThat(program.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task", "/engine-rest/engine", "/h2-console", "/h2-console/", "/actuator", "/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/mappings", "/actuator/metrics",
        "/actuator/loggers", "/actuator/httpexchanges"})
    void whatOthersLeaveOpenDoesNotExist(String path) {
        assertThat(new Visitor(port).get(path).status()).isEqualTo(404);
        assertThat(new Visitor(port).signIn("admin").get(path).status()).isEqualTo(404);
        assertThat(new Visitor(port).withPassword("admin", "admin").get(path).status()).isEqualTo(404);
    }

    @Test
    void healthTellsNoDetails() {
        for (String path : new String[] {"/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness"}) {
            var health = new Visitor(port).get(path);
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("UP");
            assertThat(health.json().has("components")).isFalse();
        }
    }

    @Test
    void pagesCarryAStrictPolicy() {
        var page = new Visitor(port).get("/sign-in");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'self'", "frame-ancestors 'self'", "object-src 'none'").doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("SAMEORIGIN");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }
}
