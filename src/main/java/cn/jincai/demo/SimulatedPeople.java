package cn.jincai.demo;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.JsonColumns;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
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
    private final JsonColumns json;

    SimulatedPeople(JdbcClient jdbc, Vault vault, CityClock clock, JsonColumns json) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
        this.json = json;
    }

    /** @param facts by source */
    record Person(String scheme, String name, Map<String, Map<String, Object>> facts) {}

    private record Told(String name, Map<String, Map<String, Object>> facts) {}

    Optional<Person> find(String key) {
        return jdbc.sql("select scheme, sealed_facts from simulated_people where person_key = ?")
                .param(key)
                .query((row, i) -> {
                    Told told = json.read(
                            vault.open(SampleSeals.TOLD, Sealed.always(row, "sealed_facts"), key), Told.class);
                    return new Person(row.getString("scheme"), told.name(), told.facts());
                })
                .optional();
    }

    void enter(String key, String scheme, String name, Map<String, Map<String, Object>> facts) {
        jdbc.sql("insert into simulated_people (person_key, scheme, sealed_facts, made_at) values (?, ?, ?, ?)")
                .params(
                        key,
                        scheme,
                        vault.seal(SampleSeals.TOLD, json.write(new Told(name, facts)), key),
                        clock.timestamp())
                .update();
    }
}
