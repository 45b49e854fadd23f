package cn.jincai.policy;

import cn.jincai.policy.reading.StepsReader;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** A package with a step that no Java knows: before the reviews a supervisor gives a second opinion; against it, the sources are asked again. */
public final class SecondOpinion {
    private static final String STEPS = """
            second-opinion:
              kind: gives-opinion
              role: supervisor
              decides: true
              name: {zh: 第二意见, en: Second opinion}
              status: {zh: 待第二意见, en: Waiting for a second opinion}
              outcomes:
                in-favour: {zh: 赞成, en: in favour}
                against: {zh: 不赞成, en: against, refuses: true}
            """;
    private static final String FORM = """
            {"schemaVersion": 16, "type": "default", "id": "second-opinion", "components": [
              {"type": "radio", "id": "f_outcome", "key": "outcome", "label": "意见", "validate": {"required": true}, "values": [
                {"label": "赞成", "value": "in-favour"}, {"label": "不赞成", "value": "against"}]},
              {"type": "textarea", "id": "f_opinion", "key": "opinion", "label": "理由", "validate": {"maxLength": 10000}}]}
            """;
    private static final String ENGLISH = """

            second-opinion/outcome: "Opinion"
            second-opinion/outcome.in-favour: "In favour"
            second-opinion/outcome.against: "Against"
            second-opinion/opinion: "Reasons"
            """;
    private static final String TASK = """
            <bpmn:userTask id="second-opinion" name="第二意见" camunda:candidateGroups="supervisor" camunda:formRef="second-opinion" camunda:formRefBinding="deployment" camunda:dueDate="${limits.workingDays(5)}">
              <bpmn:incoming>complete-to-review</bpmn:incoming>
              <bpmn:outgoing>second-opinion-to-said</bpmn:outgoing>
            </bpmn:userTask>
            <bpmn:exclusiveGateway id="said" name="意见？" default="said-to-review">
              <bpmn:incoming>second-opinion-to-said</bpmn:incoming>
              <bpmn:outgoing>said-to-review</bpmn:outgoing>
              <bpmn:outgoing>said-to-data-checks</bpmn:outgoing>
            </bpmn:exclusiveGateway>
            <bpmn:sequenceFlow id="second-opinion-to-said" sourceRef="second-opinion" targetRef="said"/>
            <bpmn:sequenceFlow id="said-to-review" name="赞成" sourceRef="said" targetRef="review"/>
            <bpmn:sequenceFlow id="said-to-data-checks" name="不赞成" sourceRef="said" targetRef="data-checks">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${outcome == 'against'}</bpmn:conditionExpression>
            </bpmn:sequenceFlow>
            """;
    private static final String DRAWN = """
            <bpmndi:BPMNShape id="second-opinion-shape" bpmnElement="second-opinion"><dc:Bounds x="650" y="100" width="100" height="80"/></bpmndi:BPMNShape>
            <bpmndi:BPMNShape id="said-shape" bpmnElement="said" isMarkerVisible="true"><dc:Bounds x="775" y="115" width="50" height="50"/></bpmndi:BPMNShape>
            <bpmndi:BPMNEdge id="second-opinion-to-said-edge" bpmnElement="second-opinion-to-said"><di:waypoint x="750" y="140"/><di:waypoint x="775" y="140"/></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="said-to-review-edge" bpmnElement="said-to-review"><di:waypoint x="800" y="165"/><di:waypoint x="700" y="300"/></bpmndi:BPMNEdge>
            <bpmndi:BPMNEdge id="said-to-data-checks-edge" bpmnElement="said-to-data-checks"><di:waypoint x="800" y="115"/><di:waypoint x="500" y="300"/></bpmndi:BPMNEdge>
            """;

    private SecondOpinion() {}

    /** Only steps.yaml, a form and a diagram of its own are added. */
    public static SortedMap<String, byte[]> addedTo(SortedMap<String, byte[]> before) {
        SortedMap<String, byte[]> files = new TreeMap<>(before);
        String way = text(files.remove(PolicyPackage.caseDiagram(before)))
                .replace(
                        "sourceRef=\"complete\" targetRef=\"review\"",
                        "sourceRef=\"complete\" targetRef=\"second-opinion\"")
                .replace(
                        "<bpmn:incoming>complete-to-review</bpmn:incoming>",
                        "<bpmn:incoming>said-to-review</bpmn:incoming>")
                .replace("</bpmn:process>", TASK + "</bpmn:process>")
                .replace("</bpmndi:BPMNPlane>", DRAWN + "</bpmndi:BPMNPlane>");
        put(files, PolicyPackage.OWN_DIAGRAM, way);
        put(files, StepsReader.OWN, STEPS);
        put(files, "forms/second-opinion.form", FORM);
        put(files, "forms/en.yaml", text(files.get("forms/en.yaml")) + ENGLISH);
        return files;
    }

    private static void put(SortedMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
