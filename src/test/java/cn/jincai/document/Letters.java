package cn.jincai.document;

import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.mock.env.MockEnvironment;

/** Letters of every kind as the city writes them, short and long, without an application around them. */
final class Letters {
    static final Letterhead HEAD = new Letterhead(
            "晋江市人力资源和社会保障局",
            "Jinjiang Bureau of Human Resources and Social Security",
            "晋江市人民政府",
            "Jinjiang Municipal People's Government",
            new Text("人力资源和社会保障服务热线12333", "Human resources and social security line, telephone 12333"),
            "classpath:demo/seal.png");
    static final Letterhead NO_SEAL = head(HEAD.authority(), "");
    static final Letterhead LONG_NAME = head("晋江经济开发区管理委员会人力资源和社会保障服务中心", HEAD.seal());
    static final String CODE = "7K2M-40QX-91BC";
    static final LocalDate DAY = LocalDate.of(2026, 3, 10);
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final Typeface TYPEFACE = new Typeface();

    private Letters() {}

    private static Letterhead head(String authority, String seal) {
        return new Letterhead(
                authority, HEAD.authorityEn(), HEAD.reconsideration(), HEAD.reconsiderationEn(), HEAD.contact(), seal);
    }

    static PdfRenderer press(String portal, MockEnvironment environment) {
        return new PdfRenderer(TYPEFACE, new JsonColumns(JSON), portal, environment);
    }

    /** A letter of which a picture is kept. */
    record Sample(String name, DocumentKind kind, Map<String, Object> told, Letterhead head) {
        byte[] print() {
            return Letters.print(kind, told, head);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every kind, short and long; and what is seldom: a refusal alone, a roster, an allowance by the month, an organ with a long name and one without a seal. */
    static Stream<Sample> samples() {
        Stream<Sample> each = Arrays.stream(DocumentKind.values())
                .flatMap(kind -> Stream.of(false, true)
                        .map(longer ->
                                new Sample(kind.code + (longer ? "-long" : "-short"), kind, told(kind, longer), HEAD)));
        return Stream.concat(
                each,
                Stream.of(
                        new Sample("decision-refused", DocumentKind.DECISION, refusal(2), HEAD),
                        new Sample("decision-roster", DocumentKind.DECISION, roster(24), HEAD),
                        new Sample("decision-monthly", DocumentKind.DECISION, monthly(), NO_SEAL),
                        new Sample(
                                "not-accepted-notice-long-name",
                                DocumentKind.NOT_ACCEPTED_NOTICE,
                                told(DocumentKind.NOT_ACCEPTED_NOTICE, false),
                                LONG_NAME)));
    }

    static byte[] print(DocumentKind kind, Map<String, Object> told) {
        return print(kind, told, HEAD);
    }

    static byte[] print(DocumentKind kind, Map<String, Object> told, Letterhead head) {
        return press("https://jincai.example.cn", new MockEnvironment())
                .print(
                        kind,
                        kind.number(2026, 12),
                        CODE,
                        DAY,
                        new CaseNumber("JC2026000001"),
                        new JsonColumns(JSON).write(told),
                        Letterheads.Heading.of(head));
    }

    /** What a letter of this kind tells at least, or at such length that it has more than one page. */
    static Map<String, Object> told(DocumentKind kind, boolean longer) {
        Map<String, Object> told = new TreeMap<>(Map.of(
                "name",
                longer ? "欧阳𠮷芳" : "陈小芳",
                "documentNumber",
                "350***********1X",
                "scheme",
                new Text("技能人才奖励", "Skills award"),
                "submittedOn",
                "2026-03-02"));
        told.put("reason", reason(kind, longer));
        switch (kind) {
            case ACCEPTANCE_NOTICE -> {
                told.put("acceptedOn", "2026-03-10");
                told.put("promisedBy", "2026-03-31");
                told.put("byLapse", longer);
            }
            case SUPPLEMENT_NOTICE -> {
                told.put("answerBy", "2026-03-30");
                told.put("items", items(longer ? 24 : 2));
            }
            case GRANT_RESUMED ->
                told.put(
                        "items",
                        List.of(Map.of(
                                "item",
                                new Text("技能人才津贴", "Monthly skills allowance"),
                                "reason",
                                new Text("2026年2月", "February 2026"))));
            case EXTENSION_NOTICE -> {
                told.put("workingDays", 10);
                told.put("promisedBy", "2026-04-14");
                told.put("lawfulBy", "2026-04-21");
            }
            case DECISION -> {
                told.remove("reason");
                told.put("benefits", benefits(longer));
                told.put("articles", List.of(new Text("《中华人民共和国社会保险法》第八十八条", "Social Insurance Law, article 88")));
            }
            case CORRECTION -> {
                ofADecision(told);
                told.put("items", List.of(Map.of("item", "合同期限十个月", "reason", "合同期限十二个月")));
            }
            case RECHECK -> {
                ofADecision(told);
                if (longer) told.put("endsOn", "2026-03-31");
                else told.put("outcome", "confirmed");
            }
            case REVOCATION, REVIEW_OUTCOME -> {
                ofADecision(told);
                told.put("outcome", "revoked");
                told.put(
                        "repayments",
                        List.of(Map.of("name", new Text("技能提升补贴", "Upgrade subsidy"), "amountFen", 120_050)));
                told.put("repayBy", "2026-04-30");
            }
            case SERVICE_CERTIFICATE -> {
                ofADecision(told);
                told.put("servedOn", "2026-03-09");
                told.put("electronic", longer);
                told.put(
                        "how",
                        longer
                                ? new Text("电子方式（本人登录平台打开）", "electronically (opened on the portal by the recipient)")
                                : new Text("直接送达", "handed over"));
            }
            default -> {}
        }
        return told;
    }

    private static void ofADecision(Map<String, Object> told) {
        told.put("decisionNumber", "晋才决〔2026〕3号");
        told.put("decidedOn", "2026-03-03");
        told.put("items", List.of(Map.of("item", new Text("技能提升补贴", "Upgrade subsidy"), "reason", "")));
        told.put("articles", List.of(new Text("《晋江市技能人才奖励办法》第九条", "Rules on Skills Awards, article 9")));
    }

    private static Text reason(DocumentKind kind, boolean longer) {
        int times = longer ? 24 : 1;
        return switch (kind) {
            case EXTENSION_NOTICE ->
                new Text("评审专家尚未到齐，需要另行约定时间。".repeat(times), "The experts have yet to be convened. ".repeat(times));
            case GRANT_RESUMED ->
                new Text(
                        "养老保险缴费记录已由经办机构更正。".repeat(times),
                        "The insurance office has put its records right. ".repeat(times));
            case CORRECTION -> new Text("书写错误。".repeat(times), "A slip of the pen. ".repeat(times));
            case REVOCATION ->
                new Text("申请时提交的证书系伪造。".repeat(times), "The certificate that was handed in is forged. ".repeat(times));
            case RECHECK -> new Text("经核对参保记录。".repeat(times), "The insurance records were compared. ".repeat(times));
            case REVIEW_OUTCOME -> new Text("行政复议", "reconsideration");
            default ->
                new Text(
                        "申请事项属于泉州市主管部门的职权范围，请向该部门提出。".repeat(times),
                        "The competent department is that of the city of Quanzhou; please apply there. ".repeat(times));
        };
    }

    private static List<Map<String, Object>> items(int count) {
        return IntStream.rangeClosed(1, count)
                .<Map<String, Object>>mapToObj(n -> Map.of(
                        "item",
                        new Text("劳动合同第" + n + "页", "Labour contract, page " + n),
                        "reason",
                        new Text("看不清，请重新扫描后上传。", "It can't be read. Please scan it again.")))
                .toList();
    }

    private static List<Map<String, Object>> benefits(boolean longer) {
        Map<String, Object> granted = Map.of(
                "code",
                "UPGRADE",
                "name",
                new Text("技能提升补贴", "Upgrade subsidy"),
                "outcome",
                "granted",
                "amountFen",
                200_000,
                "instalments",
                List.of(
                        Map.of("number", 1, "amountFen", 120_000, "from", "2026-03-10"),
                        Map.of("number", 2, "amountFen", 80_005, "from", "2027-03-10", "to", "2027-09-10")),
                "reasons",
                List.of());
        Map<String, Object> settled = Map.of(
                "code",
                "SETTLING",
                "name",
                new Text("安家补助", "Settling-in grant"),
                "outcome",
                "granted",
                "level",
                3,
                "amountFen",
                10_050_000,
                "reasons",
                List.of());
        return longer ? List.of(granted, settled, refused(14)) : List.of(granted);
    }

    private static Map<String, Object> refused(int reasons) {
        return Map.of(
                "code",
                "AWARD",
                "name",
                new Text("市级技能人才奖励", "City award"),
                "outcome",
                "refused",
                "amountFen",
                0,
                "reasons",
                IntStream.rangeClosed(1, reasons)
                        .mapToObj(n -> Map.of(
                                "code",
                                "R" + n,
                                "message",
                                new Text(
                                        "劳动合同期限为" + n + "个月，不足12个月。",
                                        "The labour contract runs for " + n + " months, less than twelve."),
                                "basis",
                                new Text("《晋江市技能人才奖励办法》第三条", "Rules on Skills Awards, article 3")))
                        .toList(),
                "grounds",
                "经核对合同原件，期限少于规定。");
    }

    /** What is granted by the month, of which the sum is not said. */
    private static Map<String, Object> monthly() {
        Map<String, Object> told = told(DocumentKind.DECISION, false);
        told.put(
                "benefits",
                List.of(Map.of(
                        "code",
                        "ALLOWANCE",
                        "name",
                        new Text("技能人才津贴", "Monthly skills allowance"),
                        "outcome",
                        "granted",
                        "amountFen",
                        3_600_000,
                        "monthlyFen",
                        100_000,
                        "months",
                        36,
                        "reasons",
                        List.of())));
        return told;
    }

    /** What an employer applied for with a list of his people, every fourth of whom does not get it. */
    static Map<String, Object> roster(int lines) {
        Map<String, Object> told = told(DocumentKind.DECISION, false);
        told.put("name", "晋江市恒安纺织有限公司");
        told.put("documentNumber", "91350582********1X");
        told.put("employerName", "晋江市恒安纺织有限公司");
        told.put(
                "lines", IntStream.rangeClosed(1, lines).mapToObj(Letters::line).toList());
        return told;
    }

    private static Map<String, Object> line(int n) {
        Map<String, Object> line = new TreeMap<>(Map.of(
                "line",
                n,
                "name",
                n % 5 == 0 ? "欧阳𠮷芳" : "陈小芳",
                "number",
                "350***********" + (10 + n),
                "amountFen",
                0));
        if (n % 4 == 0)
            line.put(
                    "reasons",
                    List.of(new Text("劳动合同期限不足12个月。", "The labour contract runs for less than twelve months.")));
        else line.put("amountFen", 50_000 + n);
        return line;
    }

    /** A refusal alone, beside what {@link #told} grants. */
    static Map<String, Object> refusal(int reasons) {
        Map<String, Object> told = told(DocumentKind.DECISION, false);
        told.put("benefits", List.of(refused(reasons)));
        told.remove("articles");
        return told;
    }
}
