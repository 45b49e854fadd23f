package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import cn.jincai.CaseTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** No name, identity number, phone or account ever reaches the engine, a log line or, in clear, a table (个人信息保护法 51). */
@CaseTest
class PrivacyIT {
    @Autowired City city;
    @Autowired JdbcTemplate db;

    @Test
    void afterAWholeJourneyNobodyCanBeReadInTheEngineTheLogOrTheTables() {
        var log = new ListAppender<ILoggingEvent>();
        log.list = new CopyOnWriteArrayList<>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        Map<String, String> secrets;
        try {
            city.at("2026-03-02T09:00");
            var application = city.application("skills-award", "granted");
            var answers = application.get("answers");
            secrets = Map.of("name", answers.get("name").asText(), "number", answers.get("documentNumber").asText(), "phone", answers.get("phone").asText(),
                "account", answers.get("bankAccount").asText(), "email", answers.get("email").asText());
            var award = city.checked(application).reviewedByBoth();
            award.objection("异议").is(201);
            award.withOpinion("supervisor", "objection", "dismiss");
            award.noticedAndSigned().paid();
        } finally {
            root.detachAppender(log);
        }
        List<String> lines = log.list.stream().map(e -> e.getFormattedMessage() + (e.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(e.getThrowableProxy()))).toList();
        List<String> cells = Stream.concat(textCells().stream(), bytes().stream()).toList();
        secrets.forEach((what, secret) -> {
            assertThat(lines).as("log: " + what).noneMatch(l -> l.contains(secret));
            assertThat(cells).as("tables: " + what).noneMatch(c -> c.contains(secret));
        });
    }

    /** Every text in every table, the engine's and ours. */
    private List<String> textCells() {
        List<String> cells = new ArrayList<>();
        for (Map<String, Object> column : db.queryForList("""
            select table_name as t, column_name as c from information_schema.columns
            where lower(table_schema) = 'public' and lower(data_type) in ('character varying', 'text', 'character large object', 'character')""")) {
            cells.addAll(db.queryForList("select distinct \"" + column.get("t") + "\".\"" + column.get("c") + "\" from \"" + column.get("t") + "\"", String.class));
        }
        cells.removeIf(c -> c == null);
        assertThat(cells).hasSizeGreaterThan(500);
        return cells;
    }

    private List<String> bytes() {
        return db.queryForList("select bytes_ from act_ge_bytearray where bytes_ is not null", byte[].class).stream().map(b -> new String(b, java.nio.charset.StandardCharsets.UTF_8)).toList();
    }
}
