package cn.jincai.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Problem;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever a diagram or a query brings, the engine runs nothing but the beans on the list. */
@CaseTest
class EngineRulesIT {
    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService instances;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    ProcessEngine engine;

    @Autowired
    City city;

    @Autowired
    JdbcClient jdbc;

    private static String diagram(String inside) {
        return """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t">
              <process id="evil" isExecutable="true" camunda:historyTimeToLive="P1D">
                <startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="step"/>%s
                <sequenceFlow id="b" sourceRef="step" targetRef="end"/><endEvent id="end"/>
              </process>
            </definitions>""".formatted(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<scriptTask id='step' scriptFormat='juel'><script>${1}</script></scriptTask>",
                "<serviceTask id='step' camunda:class='java.lang.ProcessBuilder'/>",
                "<serviceTask id='step' activiti:class='java.lang.ProcessBuilder'/>",
                "<serviceTask id='step' camunda:delegateExpression='${dataSource}'/>",
                "<serviceTask id='step' camunda:expression='${dataSource.getConnection()}'/>",
                "<serviceTask id='step' camunda:expression='${unheardOf}'/>",
                "<serviceTask id='step' camunda:expression=\"${''.getClass().forName('x')}${evil.x}\"/>",
                "<serviceTask id='step' camunda:type='external' camunda:topic='x'/>",
                "<serviceTask id='step' camunda:type='shell'><extensionElements><camunda:field name='command' stringValue='id'/></extensionElements></serviceTask>",
                "<serviceTask id='step' camunda:expression='${1}'><extensionElements><camunda:executionListener event='start' class='x.Y'/></extensionElements></serviceTask>",
                "<serviceTask id='step' camunda:expression='${1}'><extensionElements><camunda:executionListener event='start'><camunda:script scriptFormat='juel'>${1}</camunda:script></camunda:executionListener></extensionElements></serviceTask>",
                "<serviceTask id='step' camunda:expression='${1}'><extensionElements><camunda:inputOutput><camunda:inputParameter name='outcome'><camunda:script scriptFormat='juel'>1</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
                "<serviceTask id='step' camunda:expression='${1}'><extensionElements><camunda:connector><camunda:connectorId>http</camunda:connectorId></camunda:connector></extensionElements></serviceTask>",
                "<userTask id='step' camunda:formKey='embedded:app:forms/x.html'/>",
                "<userTask id='step'><extensionElements><camunda:taskListener event='create' delegateExpression='${x}'/></extensionElements></userTask>",
                "<userTask id='step'><extensionElements><camunda:formData><camunda:formField id='x' type='string'/></camunda:formData></extensionElements></userTask>",
                "<businessRuleTask id='step' camunda:decisionRef='x'/>",
                "<callActivity id='step' calledElement='x'/><sequenceFlow id='c' sourceRef='step' targetRef='end'><conditionExpression xsi:type='tFormalExpression' language='javascript'>true</conditionExpression></sequenceFlow>"
            })
    void aDiagramThatWouldRunCodeIsNotDeployed(String step) {
        assertThatThrownBy(() -> repository
                        .createDeployment()
                        .addString("evil.bpmn", diagram(step))
                        .deploy())
                .rootCause()
                .isInstanceOf(Problem.class)
                .satisfies(p -> assertThat(((Problem) p).mistakes()).isNotEmpty());
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("evil")
                        .count())
                .isZero();
    }

    @Test
    void aDiagramWithoutATimeToKeepItsHistoryIsNotDeployed() {
        String forever = diagram("<serviceTask id='step' camunda:expression='${1}'/>")
                .replace(" camunda:historyTimeToLive=\"P1D\"", "");
        assertThatThrownBy(() -> repository
                        .createDeployment()
                        .addString("evil.bpmn", forever)
                        .deploy())
                .hasMessageContaining("History Time To Live");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${outcome.getClass().getName()}",
                "${execution.getProcessEngineServices()}",
                "${execution.processEngineServices}",
                "${execution.setVariable('x', 1)}",
                "${cases.getClass()}",
                "${limits.wait()}",
                "${outcome.bytes}",
                "${execution.processInstance.id}"
            })
    void anExpressionReachesNothingButNamedBeansAndVariables(String expression) {
        String xml = diagram("<serviceTask id='step' camunda:expression=\"%s\"/>".formatted(expression));
        String deployment = repository
                .createDeployment()
                .addString("evil.bpmn", xml)
                .deploy()
                .getId();
        try {
            assertThatThrownBy(() -> instances.startProcessInstanceByKey("evil", Map.of("outcome", "x")))
                    .hasStackTraceContaining("ELException");
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    /** Such a diagram does not pass the gate; one that came before it is refused when it runs, also where it has written its own number over. */
    @Tag("issue-13.14")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "${cases.close('JC2026000002', 'withdrawn')}",
                "${cases.close(caseNumber, 'withdrawn')}",
                "${notices.end(run)}",
                "${runs.payments('RC2026')}",
                "${payments.order('JC2026000002')}"
            })
    void aBeanActsOnTheExecutionsOwnCaseOnly(String expression) {
        String deployment = repository
                .createDeployment()
                .addString(
                        "evil.bpmn",
                        diagram("<serviceTask id='step' camunda:expression=\"%s\"/>".formatted(expression)))
                .deploy()
                .getId();
        try {
            assertThatThrownBy(() -> instances.startProcessInstanceByKey(
                            "evil", "JC2026000001", Map.of("caseNumber", "JC2026000002", "run", "JC2026000002")))
                    .hasStackTraceContaining("an expression may act on its own case, run or payment only");
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    @Tag("issue-13.14")
    @Test
    void aBeanActsOnPaymentsOfTheExecutionsOwnCaseOnly() {
        var paid = city.checked("skills-award", "granted").reviewedByBoth().noticedAndSigned();
        long payment = jdbc.sql("select id from payments where case_number = ?")
                .param(paid.number())
                .query(Long.class)
                .list()
                .get(0);
        String deployment = repository
                .createDeployment()
                .addString(
                        "evil.bpmn",
                        diagram(
                                "<serviceTask id='step' camunda:expression='${payments.approved(paymentId)}' camunda:resultVariable='decided'/>"))
                .deploy()
                .getId();
        try {
            Map<String, Object> variables = Map.of("paymentId", payment);
            assertThat(instances
                            .startProcessInstanceByKey("evil", paid.number(), variables)
                            .isEnded())
                    .isTrue();
            assertThatThrownBy(() -> instances.startProcessInstanceByKey("evil", "JC2099000001", variables))
                    .hasStackTraceContaining("an expression may act on its own case, run or payment only");
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    /** CVE-2026-109432, without the web's checks before it: as somebody who reached the engine itself would try. */
    @Test
    void anExpressionHiddenInAnOrQueryReachesNothing() {
        var query = (TaskQueryImpl) tasks.createTaskQuery()
                .or()
                .taskAssigneeExpression(
                        "${cases.toString()}${''.getClass().forName('java.lang.Runtime').getMethods()[0]}")
                .endOr();
        assertThatThrownBy(query::count).hasStackTraceContaining("expression");
        identity.setAuthentication("reviewer", List.of("reviewer"));
        try {
            var extending = tasks.createTaskQuery()
                    .or()
                    .taskNameLike("x")
                    .taskAssigneeExpression("${execution}${''.getClass()}")
                    .endOr();
            assertThatThrownBy(extending::list).isNotNull();
        } finally {
            identity.clearAuthentication();
        }
    }

    @Test
    void accountsAreOnlyLookedAt() {
        assertThat(identity.createUserQuery().userId("leader").singleResult().getFirstName())
                .isNotBlank();
        assertThat(identity.createGroupQuery()
                        .groupMember("leader")
                        .singleResult()
                        .getId())
                .isEqualTo("leader");
        assertThat(identity.createUserQuery().memberOfGroup("reviewer").list())
                .extracting(u -> u.getId())
                .contains("reviewer", "reviewer2");
        assertThat(identity.checkPassword("leader", "leader")).isFalse();
        assertThat(identity.isReadOnly()).isTrue();
        assertThatThrownBy(() -> identity.newUser("evil")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void scriptsAreOff() {
        var config = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        for (String language : new String[] {"juel", "javascript", "groovy"})
            assertThatThrownBy(() -> config.getCommandExecutorTxRequired()
                            .execute(context -> config.getScriptingEngines().getScriptEngineForLanguage(language)))
                    .hasStackTraceContaining("scripts are off");
    }
}
