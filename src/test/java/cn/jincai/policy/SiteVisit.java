package cn.jincai.policy;

import cn.jincai.policy.reading.StepsReader;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package to which an administrator has added two steps in Modeler: between the reviews somebody else goes and looks, and above a sum the law is looked at (法制审核).
 * Only steps.yaml, two forms and the diagram of the reviews are written; no Java knows of it.
 */
public final class SiteVisit {
    private static final String STEPS = """
            site-visit:
              kind: gives-opinion
              role: supervisor
              decides: true
              name: {zh: 实地核查, en: Site visit}
              status: {zh: 待实地核查, en: Waiting for a visit}
              outcomes:
                as-stated: {zh: 属实, en: as stated}
                otherwise: {zh: 与申报不符, en: not as stated, refuses: true}
            legal-review:
              kind: gives-opinion
              role: intake
              name: {zh: 法制审核, en: Legal review}
              outcomes:
                lawful: {zh: 合法, en: lawful}
            """;
    private static final String TASKS = """
            <bpmn:userTask id="site-visit" name="实地核查" camunda:candidateGroups="supervisor" camunda:formRef="site-visit" camunda:formRefBinding="deployment" camunda:dueDate="${limits.workingDays(5)}">
              <bpmn:incoming>first-said-to-after-first</bpmn:incoming>
              <bpmn:outgoing>site-visit-to-seen</bpmn:outgoing>
            </bpmn:userTask>
            <bpmn:exclusiveGateway id="seen" name="所见如何？" default="seen-to-after-first">
              <bpmn:incoming>site-visit-to-seen</bpmn:incoming>
              <bpmn:outgoing>seen-to-first-review</bpmn:outgoing>
              <bpmn:outgoing>seen-to-legal-review</bpmn:outgoing>
              <bpmn:outgoing>seen-to-after-first</bpmn:outgoing>
            </bpmn:exclusiveGateway>
            <bpmn:userTask id="legal-review" name="法制审核" camunda:candidateGroups="intake" camunda:formRef="legal-review" camunda:formRefBinding="deployment" camunda:dueDate="${limits.workingDays(2)}">
              <bpmn:incoming>seen-to-legal-review</bpmn:incoming>
              <bpmn:outgoing>legal-review-to-after-first</bpmn:outgoing>
            </bpmn:userTask>
            <bpmn:sequenceFlow id="site-visit-to-seen" sourceRef="site-visit" targetRef="seen"/>
            <bpmn:sequenceFlow id="seen-to-first-review" name="与申报不符" sourceRef="seen" targetRef="first-review">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${outcome == 'otherwise'}</bpmn:conditionExpression>
            </bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="seen-to-legal-review" name="超过2500元" sourceRef="seen" targetRef="legal-review">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${reviews.grantsMoreThan(caseNumber, 250000)}</bpmn:conditionExpression>
            </bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="seen-to-after-first" name="属实" sourceRef="seen" targetRef="after-first"/>
            <bpmn:sequenceFlow id="legal-review-to-after-first" sourceRef="legal-review" targetRef="after-first"/>
            """;

    private SiteVisit() {}

    public static SortedMap<String, byte[]> addedTo(SortedMap<String, byte[]> before) {
        SortedMap<String, byte[]> files = new TreeMap<>(before);
        String review = "common/review.bpmn";
        StringBuilder drawn = new StringBuilder();
        for (String node : new String[] {"site-visit", "seen", "legal-review"})
            drawn.append("<bpmndi:BPMNShape id=\"" + node + "-shape\" bpmnElement=\"" + node
                    + "\"><dc:Bounds x=\"600\" y=\"500\" width=\"100\" height=\"80\"/></bpmndi:BPMNShape>");
        for (String flow : new String[] {
            "site-visit-to-seen",
            "seen-to-first-review",
            "seen-to-legal-review",
            "seen-to-after-first",
            "legal-review-to-after-first"
        })
            drawn.append("<bpmndi:BPMNEdge id=\"" + flow + "-edge\" bpmnElement=\"" + flow
                    + "\"><di:waypoint x=\"600\" y=\"500\"/><di:waypoint x=\"700\" y=\"500\"/></bpmndi:BPMNEdge>");
        put(
                files,
                review,
                text(files.get(review))
                        .replace(
                                "sourceRef=\"first-said\" targetRef=\"after-first\"",
                                "sourceRef=\"first-said\" targetRef=\"site-visit\"")
                        .replace(
                                "<bpmn:incoming>first-said-to-after-first</bpmn:incoming>",
                                "<bpmn:incoming>seen-to-after-first</bpmn:incoming>")
                        .replace("</bpmn:process>", TASKS + "</bpmn:process>")
                        .replace("</bpmndi:BPMNPlane>", drawn + "</bpmndi:BPMNPlane>"));
        put(files, StepsReader.OWN, STEPS);
        put(files, "forms/site-visit.form", form("site-visit", "属实", "as-stated", "与申报不符", "otherwise"));
        put(files, "forms/legal-review.form", form("legal-review", "合法", "lawful"));
        put(files, "forms/en.yaml", text(files.get("forms/en.yaml")) + """

                site-visit/outcome: "What was seen"
                site-visit/outcome.as-stated: "As stated"
                site-visit/outcome.otherwise: "Not as stated"
                site-visit/opinion: "Record"
                legal-review/outcome: "Opinion"
                legal-review/outcome.lawful: "Lawful"
                legal-review/opinion: "Record"
                """);
        return files;
    }

    /** The legal review by a role of its own, that refuses too and so is for somebody who has decided nothing else in the case. */
    public static SortedMap<String, byte[]> by(String role, SortedMap<String, byte[]> files) {
        put(
                files,
                StepsReader.OWN,
                text(files.get(StepsReader.OWN))
                        .replace("role: intake", "role: " + role + "\n  decides: true")
                        .replace(
                                "lawful: {zh: 合法, en: lawful}",
                                "lawful: {zh: 合法, en: lawful}\n    unlawful: {zh: 不合法, en: not lawful, refuses: true}"));
        String review = "common/review.bpmn";
        put(
                files,
                review,
                text(files.get(review))
                        .replace(
                                "name=\"法制审核\" camunda:candidateGroups=\"intake\"",
                                "name=\"法制审核\" camunda:candidateGroups=\"" + role + "\""));
        return files;
    }

    /** @param choices label and value, in turn */
    private static String form(String id, String... choices) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < choices.length; i += 2)
            values.append(i == 0 ? "" : ", ")
                    .append("{\"label\": \"" + choices[i] + "\", \"value\": \"" + choices[i + 1] + "\"}");
        return """
            {"schemaVersion": 16, "type": "default", "id": "%s", "components": [
              {"type": "radio", "id": "f_outcome", "key": "outcome", "label": "意见", "validate": {"required": true}, "values": [%s]},
              {"type": "textarea", "id": "f_opinion", "key": "opinion", "label": "记录", "validate": {"maxLength": 10000}}]}
            """.formatted(id, values);
    }

    private static void put(SortedMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
