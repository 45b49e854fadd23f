package cn.jincai.demo;

import cn.jincai.applicant.Sealed;
import cn.jincai.applicant.Vault;
import cn.jincai.kernel.CityClock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sample people, found by the fingerprint of their document. */
@Component
@Profile("demo")
class SimulatedPeople {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final CityClock clock;
    private final ObjectMapper json;

    SimulatedPeople(JdbcClient jdbc, Vault vault, CityClock clock, ObjectMapper json) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
        this.json = json;
    }

    /** @param facts by source */
    record Person(String scheme, String name, Map<String, Map<String, Object>> facts) {}

    private record Told(String name, Map<String, Map<String, Object>> facts) {}

    Optional<Person> find(String key) {
        return jdbc.sql("select scheme, told from simulated_people where person_key = ?")
                .param(key)
                .query((row, i) -> {
                    Told told = opened(key, Sealed.in(row, "told"));
                    return new Person(row.getString("scheme"), told.name(), told.facts());
                })
                .optional();
    }

    void enter(String key, String scheme, String name, Map<String, Map<String, Object>> facts) {
        try {
            jdbc.sql("insert into simulated_people (person_key, scheme, told, made_at) values (?, ?, ?, ?)")
                    .params(
                            key,
                            scheme,
                            vault.seal(SampleSeals.TOLD, json.writeValueAsString(new Told(name, facts)), key),
                            clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("facts that can't be written as JSON", e);
        }
    }

    private Told opened(String key, Sealed sealed) {
        try {
            return json.readValue(vault.open(SampleSeals.TOLD, sealed, key), Told.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sample person can't be read", e);
        }
    }
}
