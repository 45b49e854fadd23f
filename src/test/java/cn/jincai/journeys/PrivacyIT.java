package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Vault;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.web.Visitor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * No name, identity number, phone, e-mail or account ever reaches the engine, a log line, an address or, in clear, a table (个人信息保护法 51). Comes last of
 * all, so that it looks at whatever the other journeys have left, and goes its own way through each scheme and each page before.
 */
@CaseTest
@Order(Integer.MAX_VALUE - 1)
class PrivacyIT {
    private static final List<String> PERSONAL = List.of("name", "documentNumber", "phone", "email", "bankAccount", "accountHolder");
    private static final Pattern HREF = Pattern.compile("href=\"(/[^\"#]*)");

    @LocalServerPort int port;
    @Autowired City city;
    @Autowired Overheard overheard;
    @Autowired CaseFile cases;
    @Autowired Vault vault;
    @Autowired JdbcTemplate db;

    @Test
    void afterTheJourneysNobodyCanBeReadInTheEngineTheLogTheAddressesOrTheTables() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        award.objection("异议").is(201);
        award.withOpinion("supervisor", "objection", "dismiss");
        award.noticedAndSigned().paid();
        city.at("2026-03-02T09:00");
        var subsidy = city.checked("recruitment-subsidy", "granted").reviewedByBoth().noticedAndSigned().paid();
        var talent = city.checked("talent-recognition", "granted").reviewedByBoth();
        for (String who : List.of("applicant", "employer", "reviewer", "finance", "auditor")) walks(who, award, subsidy, talent);

        Map<String, String> secrets = secrets();
        assertThat(secrets.size()).as("people of all cases so far").isGreaterThanOrEqualTo(3 * 5);
        assertThat(overheard.addresses()).as("the walk was overheard").contains("/cases/" + award.number());
        assertNobodyIn("log", overheard.lines(), secrets);
        assertNobodyIn("addresses", overheard.addresses(), secrets);
        assertNobodyIn("tables", textCells(), secrets);
        assertNobodyIn("what the engine keeps as bytes", bytes(), secrets);
    }

    /** Every page that a link leads to, and the search by a name, as somebody at a browser does it. */
    private void walks(String who, ApplicantsCase... files) {
        Visitor visitor = new Visitor(port).signIn(who);
        Deque<String> todo = new ArrayDeque<>(List.of("/"));
        for (ApplicantsCase file : files) todo.add((who.equals("applicant") ? "/cases/" : who.equals("employer") ? "/employer/" : "/officers/cases/") + file.number());
        Set<String> known = new HashSet<>(todo);
        while (!todo.isEmpty()) {
            Visitor.Answer page = visitor.get(todo.poll(), "Accept", "text/html");
            if (page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"))
                HREF.matcher(page.body()).results().map(link -> link.group(1).replace("&amp;", "&")).filter(link -> !link.matches("/(camunda|assets)/.*|.*[?&]lang=.*|/admin/packages/.*"))
                    .filter(link -> known.size() < 150 && known.add(link)).forEach(todo::add);
        }
        if (!who.equals("applicant") && !who.equals("employer")) {
            String name = files[0].answersAsTold().get("name").asText();
            assertThat(visitor.form("/officers/cases", "q=" + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8), visitor.get("/officers/cases")).body()).contains(files[0].number());
        }
    }

    /** What all people of all cases told, and where it was told. */
    private Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>();
        for (String number : db.queryForList("select number from cases", String.class)) {
            ObjectNode answers = cases.get(new CaseNumber(number)).answers();
            for (String key : PERSONAL) if (isTelling(answers.path(key).asText())) secrets.putIfAbsent(answers.get(key).asText(), number + " " + key);
        }
        for (Map<String, Object> person : db.queryForList("select sealed_name, sealed_number, sealed_phone, sealed_email from person"))
            person.forEach((column, sealed) -> { if (sealed != null && isTelling(vault.open((String) sealed))) secrets.putIfAbsent(vault.open((String) sealed), "person " + column); });
        return secrets;
    }

    /** A name of two characters tells somebody; two digits, which a draft may hold as a phone number that is not yet one, tell nobody. */
    private static boolean isTelling(String value) {
        return value.length() >= 6 || value.length() > 1 && value.codePoints().allMatch(Character::isIdeographic);
    }

    private static void assertNobodyIn(String where, Collection<String> texts, Map<String, String> secrets) {
        Set<Character> first = new TreeSet<>();
        secrets.keySet().forEach(s -> first.add(s.charAt(0)));
        Map<String, List<String>> byStart = new TreeMap<>();
        secrets.keySet().forEach(s -> byStart.computeIfAbsent(s.substring(0, 2), start -> new ArrayList<>()).add(s));
        Set<String> found = new TreeSet<>();
        for (String text : texts)
            for (int i = 0; i + 1 < text.length(); i++) {
                if (!first.contains(text.charAt(i))) continue;
                for (String secret : byStart.getOrDefault(text.substring(i, i + 2), List.of()))
                    if (text.startsWith(secret, i)) found.add(secrets.get(secret) + " in: " + text.substring(Math.max(0, i - 60), Math.min(text.length(), i + 60)));
            }
        assertThat(found).as(where).isEmpty();
    }

    /** Every text in every table, the engine's and ours. */
    private Set<String> textCells() {
        Set<String> cells = new HashSet<>();
        for (Map<String, Object> column : db.queryForList("""
            select table_name as t, column_name as c from information_schema.columns
            where lower(table_schema) = 'public' and lower(data_type) in ('character varying', 'text', 'character large object', 'character')"""))
            cells.addAll(db.queryForList("select distinct \"" + column.get("t") + "\".\"" + column.get("c") + "\" from \"" + column.get("t") + "\"", String.class));
        cells.removeIf(Objects::isNull);
        assertThat(cells).hasSizeGreaterThan(500);
        return cells;
    }

    private List<String> bytes() {
        return db.queryForList("select bytes_ from act_ge_bytearray where bytes_ is not null", byte[].class).stream()
            .map(b -> new String(b, StandardCharsets.UTF_8)).toList();
    }
}
