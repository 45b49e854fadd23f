package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.journeys.ApplicantsCase;
import cn.jincai.journeys.City;
import cn.jincai.journeys.Overheard;
import cn.jincai.journeys.Secrets;
import cn.jincai.web.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * No name, identity number, phone, e-mail or account ever reaches the engine, a log line, an address or, in clear, a table (个人信息保护法 51). What the
 * log and the addresses tell is looked at after every class of tests; here somebody goes through each scheme and each page, and the tables are read, with whatever
 * the tests before have left in them.
 */
@CaseTest
class PrivacyIT {
    private static final Pattern HREF = Pattern.compile("href=\"(/[^\"#]*)");

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Overheard overheard;

    @Autowired
    Secrets secrets;

    @Autowired
    JdbcTemplate db;

    @Test
    void afterTheJourneysNobodyCanBeReadInTheEngineTheLogTheAddressesOrTheTables() {
        city.at("2026-03-02T09:00");
        var award = city.checked("skills-award", "granted").reviewedByBoth();
        award.objection("异议").is(201);
        award.withOpinion("supervisor", "objection", "dismiss");
        award.noticedAndSigned().paid();
        city.at("2026-03-02T09:00");
        var subsidy = city.checked("recruitment-subsidy", "granted")
                .reviewedByBoth()
                .noticedAndSigned()
                .paid();
        var talent = city.checked("talent-recognition", "granted").reviewedByBoth();
        for (String who : List.of("applicant", "employer", "reviewer", "finance", "auditor"))
            walks(who, award, subsidy, talent);

        assertThat(secrets.all().size()).as("people of all cases so far").isGreaterThanOrEqualTo(3 * 5);
        Set<String> addresses = overheard.takeAddresses();
        assertThat(addresses).as("the walk was overheard").contains("/cases/" + award.number());
        secrets.areNotIn("addresses", addresses);
        secrets.areNotIn("tables", textCells());
        secrets.areNotIn("what the engine keeps as bytes", bytes());
    }

    /** Every page that a link leads to, and the search by a name, as somebody at a browser does it. */
    private void walks(String who, ApplicantsCase... files) {
        Visitor visitor = new Visitor(port).signIn(who);
        Deque<String> todo = new ArrayDeque<>(List.of("/"));
        for (ApplicantsCase file : files)
            todo.add((who.equals("applicant") ? "/cases/" : who.equals("employer") ? "/employer/" : "/officers/cases/")
                    + file.number());
        Set<String> known = new HashSet<>(todo);
        while (!todo.isEmpty()) {
            Visitor.Answer page = visitor.get(todo.poll(), "Accept", "text/html");
            if (page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"))
                HREF.matcher(page.body())
                        .results()
                        .map(link -> link.group(1).replace("&amp;", "&"))
                        .filter(link -> !link.matches("/(camunda|assets)/.*|.*[?&]lang=.*|/admin/packages/.*"))
                        .filter(link -> known.size() < 150 && known.add(link))
                        .forEach(todo::add);
        }
        if (!who.equals("applicant") && !who.equals("employer")) {
            String name = files[0].answersAsTold().get("name").asText();
            assertThat(visitor.form(
                                    "/officers/cases",
                                    "q=" + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8),
                                    visitor.get("/officers/cases"))
                            .body())
                    .contains(files[0].number());
        }
    }

    /** Every text in every table, the engine's and ours. */
    private Set<String> textCells() {
        Set<String> cells = new HashSet<>();
        for (Map<String, Object> column : db.queryForList("""
            select table_name as t, column_name as c from information_schema.columns
            where lower(table_schema) = 'public' and lower(data_type) in ('character varying', 'text', 'character large object', 'character')"""))
            cells.addAll(db.queryForList(
                    "select distinct \"" + column.get("t") + "\".\"" + column.get("c") + "\" from \"" + column.get("t")
                            + "\"",
                    String.class));
        cells.removeIf(Objects::isNull);
        assertThat(cells).hasSizeGreaterThan(500);
        return cells;
    }

    private List<String> bytes() {
        return db.queryForList("select bytes_ from act_ge_bytearray where bytes_ is not null", byte[].class).stream()
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .toList();
    }
}
