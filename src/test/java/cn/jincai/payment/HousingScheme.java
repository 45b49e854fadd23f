package cn.jincai.payment;

import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyOffice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A made-up scheme that no Java knows: rent for people without a home of their own, 800 yuan a month for at most 24 months, paid by runs. */
public final class HousingScheme {
    public static final String CODE = "housing-rent", BENEFIT = "HOUSING_RENT";
    public static final long A_MONTH = 80_000;

    /** What its run says where a story asks for nothing else. */
    public static final String QUARTERLY = """
            run:
              months: [1, 4, 7, 10]
              covers: 3
              name: {zh: 季度发放, en: Quarterly run}
              askedBeforePaying: [banned]
              endsWhen: [{fact: ownsHome, is: true, since: homeBoughtOn, from: sameMonth, reason: HOME_BOUGHT}]
              suspendedWhen: [{fact: inPost, is: false}]
            """;

    private HousingScheme() {}

    /** @param more further lines of {@code scheme.yaml} @param rates the dated values of a month's rent */
    public static SortedMap<String, byte[]> files(String more, String rates) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        CityPackages.FOLDERS.files("talent-recognition").forEach((path, content) -> {
            if (path.startsWith("common/") || path.startsWith("forms/common/")) files.put(path, content);
            if (path.equals("run.bpmn"))
                files.put(
                        path,
                        new String(content, StandardCharsets.UTF_8)
                                .replace("talent-recognition", CODE)
                                .getBytes(StandardCharsets.UTF_8));
        });
        put(files, "scheme.yaml", SCHEME + more);
        put(files, "samples.yaml", SAMPLES);
        put(files, "rulesets/2025-01/parameters.yaml", """
                inForceFrom: 2025-01-01
                parameters:
                  rentFen: {unit: fen, label: {zh: 每月租金补助, en: Rent a month}, values: %s}
                """.formatted(rates));
        put(files, "rulesets/2025-01/sources.yaml", """
                documents:
                  - code: order
                    title: {zh: 住房补助办法, en: Order on rent}
                    inForceFrom: 2025-01-01
                    articles:
                      - {name: {zh: 一, en: One}, text: {zh: 无自有住房的，每月补助租金。, en: Who has no home of his own is paid rent.}, rules: [H1, H2, H3, H4, R1]}
                """);
        put(files, "rulesets/2025-01/examples.yaml", EXAMPLES);
        put(
                files,
                "rulesets/2025-01/conditions.dmn",
                dmn(
                        "conditions",
                        table(
                                "gate",
                                List.of("identityVerified", "banned", "ownsHome", "inPost"),
                                List.of("rule", "reason", "effect", "status"),
                                List.of("false", "", "", "", "H1", "IDENTITY_UNVERIFIED", "SUPPLEMENT", "ILLUSTRATIVE"),
                                List.of("", "true", "", "", "H2", "BANNED", "REJECT", "ILLUSTRATIVE"),
                                List.of("", "", "true", "", "H3", "HOME_BOUGHT", "REJECT", "ILLUSTRATIVE"),
                                List.of("", "", "", "false", "H4", "NOT_IN_POST", "MANUAL", "ILLUSTRATIVE"))));
        put(
                files,
                "rulesets/2025-01/benefits.dmn",
                dmn(
                        "benefits",
                        table(
                                "rent",
                                List.of("ownsHome"),
                                List.of("rule", "status", "monthlyFen", "months"),
                                List.of("false", "R1", "ILLUSTRATIVE", "rentFen", "24"))));
        put(files, "forms/application.form", FORM);
        put(files, "forms/en.yaml", "{}\n");
        return files;
    }

    public static SortedMap<String, byte[]> files(String more) {
        return files(more, "{always: {is: 80000, status: ILLUSTRATIVE, source: order, comparedOn: 2026-10-01}}");
    }

    private static final String SCHEME = """
            code: housing-rent
            name: {zh: 租房补助, en: Rent}
            about: {zh: 无自有住房的，每月补助租金。, en: Who has no home of his own is paid rent.}
            governingDate: applicationDate
            employerCheck: false
            benefits:
              - {code: HOUSING_RENT, name: {zh: 租金补助, en: Rent}, fund: TALENT_FUND, kind: money, paid: by-run}
            facts:
              - birthDate
              - identityVerified
              - banned
              - inPost
              - {name: ownsHome, type: boolean, source: identity, label: {zh: 本市有自有住房, en: Owns a home here}}
              - {name: homeBoughtOn, type: date, source: identity, label: {zh: 购房日期, en: Home bought on}}
            reasons:
              HOME_BOUGHT:
                message: {zh: '在本市已有自有住房。', en: 'A home here is owned.'}
                mend: {zh: '不再有自有住房的，可再次申请。', en: 'Apply again once no home is owned.'}
            documents:
              - {code: LEASE, name: {zh: 租房合同, en: Lease}, required: true, promisable: true}
            waivable: [HOME_BOUGHT]
            paymentKey: []
            sameThing: []
            askedBeforePaying: [banned]
            rules:
              benefits:
                HOUSING_RENT: {tables: [gate, rent]}
            """;

    private static final String SAMPLES = """
            unknown:
              identity: {identityVerified: false}
              ban: {banned: false}
            contradicts:
              identity: {ownsHome: true, homeBoughtOn: today - 40 days}
              insurance: {inPost: false}
            kinds:
              granted:
                verdict: APPROVE
                born: {from: today - 46 years, to: today - 33 years}
                answers:
                  name: "{name}"
                  documentType: RESIDENT_ID
                  documentNumber: "{documentNumber}"
                  birthDate: "{birthDate}"
                  phone: "{phone}"
                  email: "{email}"
                  accountHolder: "{name}"
                  bankName: "{bankName}"
                  bankAccount: "{bankAccount}"
                facts:
                  identity: {identityVerified: true, birthDate: "{birthDate}", ownsHome: false}
                  ban: {banned: false}
                  insurance: {inPost: true}
              manual:
                like: granted
                verdict: MANUAL
                facts:
                  insurance: {inPost: false}
              owner:
                like: granted
                verdict: REJECT
                facts:
                  identity: {ownsHome: true}
            """;

    private static final String EXAMPLES = """
            - case: {zh: 无房, en: No home}
              applicationDate: 2026-03-16
              facts: {birthDate: 1987-06-15, identityVerified: true, banned: false, inPost: true, ownsHome: false}
              expect:
                case: APPROVE
                HOUSING_RENT: {verdict: APPROVE, monthlyFen: 80000, months: 24, amountFen: 1920000, reasons: []}
            - case: {zh: 有房, en: A home}
              applicationDate: 2026-03-16
              facts: {birthDate: 1987-06-15, identityVerified: true, banned: false, inPost: true, ownsHome: true}
              expect:
                case: REJECT
                HOUSING_RENT: {verdict: REJECT, amountFen: 0, reasons: [HOME_BOUGHT]}
            """;

    private static final String FORM = """
            {
              "schemaVersion": 16,
              "type": "default",
              "id": "housing-rent-application",
              "executionPlatform": "Camunda Platform",
              "executionPlatformVersion": "7.24.0",
              "components": [
                { "type": "group", "id": "person", "properties": { "include": "person" } },
                { "type": "group", "id": "account", "properties": { "include": "account" } }
              ]
            }
            """;

    private static void put(SortedMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String dmn(String id, String tables) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"housing-"
                + id + "\" name=\"" + id + "\" namespace=\"https://example.org/housing\">" + tables + "</definitions>";
    }

    /** Words of outputs in quotes, but numbers and names of values as they are. */
    @SafeVarargs
    private static String table(String id, List<String> columns, List<String> outputs, List<String>... rows) {
        StringBuilder xml = new StringBuilder(
                "<decision id=\"" + id + "\" name=\"表\"><decisionTable id=\"" + id + "-t\" hitPolicy=\"COLLECT\">");
        for (String column : columns)
            xml.append(
                    "<input id=\"%1$s-%2$s\" label=\"%2$s\"><inputExpression id=\"%1$s-%2$s-x\"><text>%2$s</text></inputExpression></input>"
                            .formatted(id, column));
        for (String output : outputs)
            xml.append("<output id=\"%1$s-%2$s\" name=\"%2$s\" label=\"%2$s\" />".formatted(id, output));
        for (int n = 0; n < rows.length; n++) {
            List<String> row = rows[n];
            String at = id + "-" + n;
            xml.append("<rule id=\"").append(at).append("\">");
            xml.append(IntStream.range(0, row.size())
                    .mapToObj(i -> i < columns.size()
                            ? "<inputEntry id=\"%s-c%d\"><text>%s</text></inputEntry>".formatted(at, i, row.get(i))
                            : "<outputEntry id=\"%s-c%d\"><text>%s</text></outputEntry>"
                                    .formatted(at, i, output(row.get(i))))
                    .collect(Collectors.joining()));
            xml.append("</rule>");
        }
        return xml + "</decisionTable></decision>";
    }

    private static String output(String cell) {
        return cell.matches("[A-Z].*") ? "\"" + cell + "\"" : cell;
    }

    /** Under a name of its own, with so many places a year, in order of arrival; complete applications are accepted by the system and reviewed once. */
    public static SortedMap<String, byte[]> withPlaces(String scheme, String places) {
        SortedMap<String, byte[]> files = files("""
                reviews: one
                acceptance: automatic
                noticeAboveFen: 100000000
                quota: {perYear: yearlyPlaces, benefits: [HOUSING_RENT]}
                """ + QUARTERLY);
        PolicyOffice.change(
                files,
                "rulesets/2025-01/parameters.yaml",
                "parameters:\n",
                "parameters:\n  yearlyPlaces: {unit: count, label: {zh: 年度名额, en: Places of a year}, values: {" + places
                        + "}}\n");
        files.replaceAll((path, content) -> new String(content, StandardCharsets.UTF_8)
                .replace(CODE, scheme)
                .replace(BENEFIT, scheme.toUpperCase(Locale.ROOT).replace('-', '_'))
                .getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
