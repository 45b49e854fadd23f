package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasklist's REST as it can be reached from outside: what people need works, what they might try does not. */
@CaseTest
class TasklistIT {
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService instances;

    @Autowired
    TaskService tasks;

    @Autowired
    HistoryService history;

    @Autowired
    ManagementService management;

    @Autowired
    ObjectMapper json;

    private String instance;
    private String deployment;

    @Autowired
    JdbcClient db;

    @BeforeEach
    void aProcessWithATaskForEachOfFour() {
        deployment = repository
                .createDeployment()
                .name("door")
                .addClasspathResource("process/door.bpmn")
                .addClasspathResource("process/door.form")
                .deploy()
                .getId();
        String run = "R-" + UUID.randomUUID();
        db.sql(
                        "insert into pay_runs (run_number, scheme, package_hash, opens_on) select ?, 'door', min(hash), date '2020-03-01' from policy_packages")
                .param(run)
                .update();
        instance = instances
                .startProcessInstanceByKey("door", Map.of("run", run, "objectionId", payment()))
                .getId();
    }

    /** What the leader signs without a case is about a payment, whichever. */
    private long payment() {
        String any = "select id from payments order by id fetch first row only";
        return db.sql(any).query(Long.class).optional().orElseGet(() -> {
            city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
            return db.sql(any).query(Long.class).single();
        });
    }

    @AfterEach
    void nothingIsLeft() {
        repository.deleteDeployment(deployment, true);
    }

    private Task task(String step) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .taskDefinitionKey(step)
                .singleResult();
    }

    private Visitor inTasklist(String name) {
        return new Visitor(port).signIn(name).inTasklist();
    }

    private String filter(Visitor who, String name) {
        return StreamSupport.stream(who.get(ENGINE + "/filter").json().spliterator(), false)
                .filter(f -> f.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no filter " + name))
                .path("id")
                .asText();
    }

    private String form(String outcome, String opinion) {
        return json.valueToTree(Map.of(
                        "variables", Map.of("outcome", Map.of("value", outcome), "opinion", Map.of("value", opinion))))
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"intake, acceptance", "reviewer, first-review", "supervisor, objection", "leader, decision"})
    void eachSeesAndTakesTheTaskOfTheOwnGroupOnly(String name, String step) {
        var who = inTasklist(name);
        Task own = task(step);
        List<JsonNode> listed = who.listed(filter(who, "全部待办"));
        assertThat(listed).extracting(t -> t.path("id").asText()).contains(own.getId());
        assertThat(listed)
                .extracting(t -> t.path("taskDefinitionKey").asText())
                .contains(step)
                .doesNotContain(Stream.of("acceptance", "first-review", "objection", "decision")
                        .filter(other -> !other.equals(step))
                        .toArray(String[]::new));
        assertThat(who.get(ENGINE + "/task/" + own.getId()).status()).isEqualTo(200);
        assertThat(who.get(ENGINE + "/task/" + own.getId() + "/form")
                        .json()
                        .path("camundaFormRef")
                        .path("key")
                        .asText())
                .isEqualTo("door");
        assertThat(who.get(ENGINE + "/task/" + own.getId() + "/deployed-form").status())
                .isEqualTo(200);
        assertThat(who.get(ENGINE + "/user/" + name + "/profile").status()).isEqualTo(200);
        assertThat(who.post(ENGINE + "/task/" + own.getId() + "/claim", "{\"userId\":\"" + name + "\"}")
                        .status())
                .isEqualTo(204);
        assertThat(task(step).getAssignee()).isEqualTo(name);
        assertThat(who.get(ENGINE + "/task/" + own.getId() + "/form-variables")
                        .json()
                        .path("run")
                        .path("value")
                        .asText())
                .startsWith("R-");
        assertThat(who.post(ENGINE + "/task/" + own.getId() + "/unclaim", "{}").status())
                .isEqualTo(204);
        assertThat(task(step).getAssignee()).isNull();
        for (String other : List.of("acceptance", "first-review", "objection", "decision")) {
            if (other.equals(step)) continue;
            String id = task(other).getId();
            assertThat(who.get(ENGINE + "/task/" + id).status()).isIn(403, 404);
            assertThat(who.get(ENGINE + "/task/" + id + "/form-variables").status())
                    .isEqualTo(404);
            assertThat(who.post(ENGINE + "/task/" + id + "/claim", "{\"userId\":\"" + name + "\"}")
                            .status())
                    .isEqualTo(403);
            assertThat(task(other).getAssignee()).isNull();
        }
    }

    @Test
    void theLeaderSignsAndOnlyTheOutcomeIsKept() {
        var leader = inTasklist("leader");
        String id = task("decision").getId();
        leader.post(ENGINE + "/task/" + id + "/claim", "{\"userId\":\"leader\"}");
        String body =
                "{\"variables\":{\"outcome\":{\"value\":\"sign\",\"type\":\"String\"},\"opinion\":{\"value\":\"同意<b>发放</b>\"},\"run\":{\"value\":\"EVIL\"}}}";
        assertThat(leader.post(ENGINE + "/task/" + id + "/submit-form", body).status())
                .isEqualTo(204);
        assertThat(history.createHistoricActivityInstanceQuery()
                        .processInstanceId(instance)
                        .activityId("signed")
                        .count())
                .isEqualTo(1);
        var kept = history.createHistoricVariableInstanceQuery()
                .processInstanceId(instance)
                .list();
        assertThat(kept).extracting(v -> v.getName()).containsExactlyInAnyOrder("run", "objectionId", "outcome");
        assertThat(kept).noneMatch(v -> v.getValue().equals("EVIL"));
        assertThat(leader.post(ENGINE + "/task/" + id + "/submit-form", body).status())
                .as("done already")
                .isEqualTo(409);
    }

    @Test
    void whatTheFormDoesNotKnowIsRefusedInChineseAndNothingHappens() {
        var leader = inTasklist("leader");
        String id = task("decision").getId();
        leader.post(ENGINE + "/task/" + id + "/claim", "{\"userId\":\"leader\"}");
        var unknown = leader.post(
                ENGINE + "/task/" + id + "/submit-form",
                "{\"variables\":{\"outcome\":{\"value\":\"sign\"},\"paymentId\":{\"value\":2}}}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().path("message").asText()).contains("表单中没有“paymentId”这一项");
        var list = leader.post(
                ENGINE + "/task/" + id + "/submit-form", "{\"variables\":{\"outcome\":{\"value\":[\"sign\"]}}}");
        assertThat(list.status()).as(list.body()).isBetween(400, 422);
        assertThat(list.body()).contains("outcome");
        assertThat(leader.post(ENGINE + "/task/" + id + "/submit-form", form("approve", ""))
                        .status())
                .as("not an outcome of this form")
                .isEqualTo(422);
        assertThat(leader.post(ENGINE + "/task/" + id + "/submit-form", form("sign", "长".repeat(10_001)))
                        .status())
                .isEqualTo(422);
        assertThat(leader.post(ENGINE + "/task/" + id + "/submit-form", form("sign", "\u0007"))
                        .status())
                .isEqualTo(422);
        assertThat(leader.post(ENGINE + "/task/" + id + "/submit-form", form("sign", "x".repeat(1_000_000)))
                        .status())
                .isEqualTo(413);
        assertThat(leader.post(ENGINE + "/task/" + id + "/submit-form", form("return", ""))
                        .status())
                .as("the room asks for an opinion")
                .isEqualTo(422);
        assertThat(task("decision").getAssignee()).isEqualTo("leader");
        assertThat(instances.getVariables(instance)).doesNotContainKey("outcome");
    }

    @Test
    void nobodyTakesATaskInAnothersNameNorOneThatIsTaken() {
        String id = task("first-review").getId();
        var reviewer = inTasklist("reviewer");
        assertThat(reviewer.post(ENGINE + "/task/" + id + "/claim", "{\"userId\":\"reviewer2\"}")
                        .status())
                .isEqualTo(403);
        assertThat(reviewer.post(ENGINE + "/task/" + id + "/claim", "{\"userId\":\"reviewer\"}")
                        .status())
                .isEqualTo(204);
        var second = inTasklist("reviewer2");
        var taken = second.post(ENGINE + "/task/" + id + "/claim", "{\"userId\":\"reviewer2\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().path("message").asText()).isEqualTo("该任务已被他人领取。");
        assertThat(second.post(ENGINE + "/task/" + id + "/submit-form", form("sign", ""))
                        .status())
                .isEqualTo(403);
        assertThat(second.post(ENGINE + "/task/" + id + "/unclaim", "{}").status())
                .isEqualTo(403);
    }

    @Test
    @Tag("issue-15.13")
    void whatIsTypedAtATaskIsKeptForItsHolderAloneSealedAndOutsideTheEngine() {
        String id = task("first-review").getId(), draft = ENGINE + "/task/" + id + "/draft";
        var reviewer = inTasklist("reviewer");
        String typed = "{\"opinion\":\"一半的意见\",\"run\":\"EVIL\",\"nothing\":1}";
        assertThat(reviewer.put(draft, typed).status()).as("not his yet").isEqualTo(403);
        reviewer.post(ENGINE + "/task/" + id + "/claim", "{\"userId\":\"reviewer\"}");
        assertThat(reviewer.put(draft, typed).status()).isEqualTo(204);
        assertThat(reviewer.put(draft, "{\"outcome\":\"sign\"}").status()).isEqualTo(204);
        assertThat(reviewer.put(draft, "[1]").status()).isEqualTo(400);
        assertThat(reviewer.put(draft, "{\"opinion\":\"" + "长".repeat(300_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(new Visitor(port).signIn("reviewer").put(draft, typed).status())
                .as("without Tasklist's token")
                .isEqualTo(403);
        JsonNode start =
                reviewer.get(ENGINE + "/task/" + id + "/form-variables").json();
        assertThat(start.at("/opinion/value").asText()).isEqualTo("一半的意见");
        assertThat(start.at("/outcome/value").asText()).isEqualTo("sign");
        assertThat(start.at("/run/value").asText()).startsWith("R-");
        assertThat(start.has("nothing")).isFalse();
        assertThat(inTasklist("reviewer2")
                        .get(ENGINE + "/task/" + id + "/form-variables")
                        .body())
                .doesNotContain("一半的意见");
        for (String other : List.of("reviewer2", "intake", "leader"))
            assertThat(inTasklist(other).put(draft, typed).status()).as(other).isIn(403, 404);
        for (String other : List.of("applicant", "employer", "admin", "auditor"))
            assertThat(new Visitor(port).signIn(other).put(draft, typed).status())
                    .as(other)
                    .isEqualTo(403);
        assertThat(new Visitor(port).put(draft, typed).status()).isEqualTo(401);
        assertThat(instances.getVariables(instance)).doesNotContainKeys("opinion", "outcome");
        assertThat(db.sql("select sealed_fields from task_drafts where task = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .startsWith("v2.");
        repository.deleteDeployment(deployment, true);
        assertThat(db.sql("select count(*) from task_drafts where task = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .as("the task is there no more")
                .isZero();
        aProcessWithATaskForEachOfFour();
    }

    @Test
    void twoAtTheSameSecondOneGetsIt() throws Exception {
        String id = task("first-review").getId();
        var both = List.of(inTasklist("reviewer"), inTasklist("reviewer2"));
        var pool = Executors.newFixedThreadPool(2);
        try {
            var tries = IntStream.range(0, 2)
                    .<Callable<Integer>>mapToObj(n -> () -> both.get(n)
                            .post(
                                    ENGINE + "/task/" + id + "/claim",
                                    "{\"userId\":\""
                                            + List.of("reviewer", "reviewer2").get(n) + "\"}")
                            .status())
                    .toList();
            var answers = pool.invokeAll(tries).stream()
                    .map(f -> {
                        try {
                            return f.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
            assertThat(answers).containsExactlyInAnyOrder(204, 409);
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /task/ID/complete",
                "POST /task/ID/resolve",
                "POST /task/ID/delegate",
                "POST /task/ID/assignee",
                "POST /task/ID/bpmnError",
                "PUT /task/ID/variables/x",
                "POST /task/ID/variables",
                "GET /task/ID/variables",
                "POST /task/ID/localVariables",
                "PUT /task/ID",
                "DELETE /task/ID",
                "POST /task/create",
                "POST /task",
                "GET /task",
                "POST /task/count",
                "POST /process-definition/key/door/start",
                "POST /process-definition/key/door/submit-form",
                "POST /process-instance",
                "GET /process-instance",
                "DELETE /process-instance/INSTANCE",
                "POST /process-instance/INSTANCE/variables",
                "POST /process-instance/INSTANCE/modification",
                "POST /message",
                "POST /signal",
                "POST /deployment/create",
                "GET /deployment",
                "POST /filter/create",
                "PUT /filter/ID",
                "DELETE /filter/ID",
                "GET /user",
                "GET /user/applicant/profile",
                "POST /user/create",
                "GET /group",
                "GET /authorization",
                "POST /authorization/create",
                "GET /history/variable-instance",
                "GET /history/task",
                "GET /history/process-instance",
                "GET /variable-instance",
                "POST /external-task/fetchAndLock",
                "GET /job",
                "POST /job/x/execute",
                "POST /batch",
                "GET /metrics/x/sum",
                "POST /telemetry/configuration",
                "GET /decision-definition",
                "POST /condition"
            })
    void everythingElseOfTheEngineIsRefused(String call) {
        for (String name : List.of("intake", "reviewer", "leader", "finance", "admin")) {
            var who = new Visitor(port).signIn(name);
            who.get("/camunda/app/tasklist/default/");
            String path = ENGINE
                    + call.split(" ")[1].replace("ID", task("decision").getId()).replace("INSTANCE", instance);
            assertThat(who.send(call.split(" ")[0], path, "{}", "Content-Type", "application/json")
                            .status())
                    .as(name + " " + call)
                    .isEqualTo(403);
        }
        assertThat(task("decision")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/app/cockpit/default/",
                "/camunda/app/admin/default/",
                "/camunda/app/welcome/default/",
                "/camunda/app/admin/default/setup/",
                "/camunda/api/cockpit/plugin/base/default/process-definition",
                "/camunda/",
                "/camunda",
                "/camunda/index.html",
                "/camunda/api/engine/version",
                "/camunda/api/admin/plugin/adminPlugins/static/app/plugin.js"
            })
    void cockpitAdminAndWelcomeDoNotOpen(String path) {
        for (String name : List.of("reviewer", "admin", "applicant"))
            assertThat(new Visitor(port).signIn(name).get(path).status())
                    .as(name)
                    .isEqualTo(403);
    }

    @Test
    void nobodyMakesAFirstAdministrator() {
        String body =
                "{\"profile\":{\"id\":\"evil\",\"firstName\":\"e\",\"lastName\":\"e\",\"email\":\"e\"},\"credentials\":{\"password\":\"evilevil1\"}}";
        assertThat(new Visitor(port)
                        .post("/camunda/api/admin/setup/default/user/create", body)
                        .status())
                .isEqualTo(401);
        assertThat(inTasklist("reviewer")
                        .post("/camunda/api/admin/setup/default/user/create", body)
                        .status())
                .isEqualTo(403);
        assertThat(new Visitor(port)
                        .signIn("admin")
                        .post("/camunda/api/admin/setup/default/user/create", body)
                        .status())
                .isEqualTo(403);
        assertThat(management.getTableCount().entrySet().stream()
                        .filter(t -> t.getKey().toUpperCase().endsWith("ACT_ID_USER"))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .isZero();
    }

    @Test
    void aFilterTakesNoQueryOfOnesOwn() {
        var who = inTasklist("reviewer");
        String list = ENGINE + "/filter/" + filter(who, "我的任务") + "/list";
        assertThat(who.post(list, "{\"active\":true}").status()).isEqualTo(200);
        assertThat(who.post(
                                list,
                                "{\"orQueries\":[{\"assigneeExpression\":\"${''.getClass().forName('java.lang.Runtime')}\"}]}")
                        .status())
                .isEqualTo(403);
        assertThat(who.post(list, "{\"assigneeExpression\":\"${1+1}\"}").status())
                .isEqualTo(403);
        assertThat(who.post(list, "{\"processVariables\":[{\"name\":\"run\",\"operator\":\"eq\",\"value\":\"x\"}]}")
                        .status())
                .isEqualTo(403);
        assertThat(who.post(list, "[]").status()).isEqualTo(400);
        assertThat(who.post(list, "{").status()).isEqualTo(400);
    }

    @Test
    void withoutTasklistsTokenNothingIsTaken() {
        var who = inTasklist("reviewer");
        String id = task("first-review").getId();
        for (String token : List.of("", "wrong"))
            assertThat(who.send(
                                    "POST",
                                    ENGINE + "/task/" + id + "/claim",
                                    "{\"userId\":\"reviewer\"}",
                                    "Content-Type",
                                    "application/json",
                                    "X-XSRF-TOKEN",
                                    token)
                            .status())
                    .isEqualTo(403);
        assertThat(task("first-review").getAssignee()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/app/tasklist/..;/cockpit/default/",
                "/camunda//app/cockpit/default/",
                "/camunda/app/tasklist/default/..%2f..%2fcockpit/default/",
                "/camunda/app/tasklist/%2e%2e/cockpit/default/",
                "/camund%61/app/cockpit/default/",
                "/CAMUNDA/app/cockpit/default/",
                "/camunda/api/engine/engine/default/task/x;y=1/complete"
            })
    void oddPathsLeadNowhere(String path) {
        assertThat(inTasklist("reviewer").get(path).status()).isBetween(400, 404);
    }

    @Test
    void anonymousSeesNeitherPageNorData() {
        var anonymous = new Visitor(port);
        assertThat(anonymous.get("/camunda/app/tasklist/default/").location()).endsWith("/sign-in");
        assertThat(anonymous.get(ENGINE + "/filter").status()).isEqualTo(401);
        assertThat(anonymous
                        .get(ENGINE + "/task/" + task("decision").getId() + "/form-variables")
                        .status())
                .isEqualTo(401);
        assertThat(new Visitor(port)
                        .withPassword("leader", "leader")
                        .get(ENGINE + "/filter")
                        .status())
                .as("a password is for /api only")
                .isEqualTo(401);
    }

    @Test
    void applicantsAndClerksHaveNoTasklist() {
        for (String name : List.of("applicant", "employer", "auditor", "policy-admin")) {
            var who = new Visitor(port).signIn(name);
            assertThat(who.get("/camunda/app/tasklist/default/").status())
                    .as(name)
                    .isEqualTo(403);
            assertThat(who.get(ENGINE + "/filter").status()).as(name).isEqualTo(403);
        }
    }

    @Test
    void signingOutInTasklistSignsOutOfThePortalToo() {
        var who = inTasklist("reviewer");
        assertThat(who.post("/camunda/api/admin/auth/user/default/logout", "").status())
                .isEqualTo(204);
        assertThat(who.get("/camunda/app/tasklist/default/").status()).isEqualTo(302);
        assertThat(who.get(ENGINE + "/filter").status()).isEqualTo(401);
        assertThat(who.get("/cases", "Accept", "text/html").location()).endsWith("/sign-in");
    }

    @Test
    void signingOutOfThePortalSignsOutOfTasklistToo() {
        var who = inTasklist("reviewer");
        assertThat(who.signOut().status()).isEqualTo(302);
        assertThat(who.get(ENGINE + "/filter").status()).isEqualTo(401);
    }

    @Test
    void asAProgramTheSameTaskIsTakenGivenBackAndDone() {
        var leader = new Visitor(port).withPassword("leader", "leader");
        String id = task("decision").getId();
        JsonNode listed = leader.get("/api/tasks?stage=decision&size=100").json();
        assertThat(StreamSupport.stream(listed.path("items").spliterator(), false)
                        .map(t -> t.path("id").asText()))
                .contains(id);
        assertThat(leader.get("/api/tasks?group=reviewer").json().path("total").asInt())
                .isZero();
        assertThat(leader.post("/api/tasks/" + id + "/completion", "{\"outcome\":\"sign\"}")
                        .status())
                .as("not taken yet")
                .isEqualTo(403);
        assertThat(leader.post("/api/tasks/" + id + "/claim", "").status()).isEqualTo(204);
        assertThat(leader.post("/api/tasks/" + id + "/release", "").status()).isEqualTo(204);
        assertThat(leader.post("/api/tasks/" + id + "/claim", "").status()).isEqualTo(204);
        var wrong = leader.post("/api/tasks/" + id + "/completion", "{\"outcome\":\"sign\",\"anything\":1}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("errors").get(0).path("field").asText()).isEqualTo("anything");
        var list = leader.post("/api/tasks/" + id + "/completion", "{\"outcome\":[\"sign\"]}");
        assertThat(list.status()).isEqualTo(422);
        assertThat(list.json().path("errors").get(0).path("field").asText()).isEqualTo("outcome");
        assertThat(leader.post("/api/tasks/" + id + "/completion", "{\"outcome\":\"sign\"}")
                        .status())
                .isEqualTo(204);
        assertThat(leader.post("/api/tasks/" + id + "/completion", "{\"outcome\":\"sign\"}")
                        .status())
                .isEqualTo(409);
        assertThat(leader.post("/api/tasks/no-such-task/claim", "").status()).isEqualTo(404);
        assertThat(leader.headersHaveNoCookie("/api/tasks")).isTrue();
    }

    @Test
    void theEngineItselfCompletesNothingWithoutAForm() {
        String id = task("decision").getId();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> tasks.complete(id, Map.of("outcome", "sign"))))
                .isNotNull();
        assertThat(task("decision")).isNotNull();
    }
}
