package cn.jincai.registry;

import cn.jincai.policy.Scheme;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the city granted before this system, by person, counted among its own records beside what was decided here. */
@Service
public class EarlierGrants implements OwnRecordsPort, GrantBook {
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    EarlierGrants(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param personKey as {@code applicant.Persons.key} gives it; oldest decision first */
    @Override
    public List<EarlierGrant> of(String personKey) {
        return jdbc.sql("select * from earlier_grants where person_key = ? order by decided_on, id").param(personKey).query(this::read).list();
    }

    @Transactional
    public void enter(String personKey, EarlierGrant g) {
        try {
            jdbc.sql("insert into earlier_grants (person_key, benefit, amount_fen, level, monthly_fen, months, instalment, governing_date, decided_on, valid_until, facts) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(personKey, g.benefit(), g.amountFen(), g.level(), g.monthlyFen(), g.months(), g.instalment(), g.governingDate(), g.decidedOn(), g.validUntil(),
                    json.writeValueAsString(g.facts())).update();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("facts that can't be written as JSON", e);
        }
    }

    @Override
    public Map<String, Object> ask(Scheme scheme, String personKey, Map<String, Object> known, LocalDate on) {
        List<EarlierGrant> grants = of(personKey);
        var answers = new TreeMap<String, Object>();
        for (Scheme.Fact fact : scheme.facts()) {
            if (!fact.isOwnRecords()) continue;
            Scheme.Count count = fact.count();
            Object counted = counted(count, grants.stream().filter(g -> counts(count, g, known, on)).toList());
            if (counted != null) answers.put(fact.name(), counted);
        }
        return answers;
    }

    private static boolean counts(Scheme.Count count, EarlierGrant grant, Map<String, Object> known, LocalDate on) {
        return count.benefits().contains(grant.benefit()) && within(count.within(), grant, on)
            && count.sameFacts().stream().allMatch(fact -> known.get(fact) != null && String.valueOf(known.get(fact)).equals(String.valueOf(grant.facts().get(fact))));
    }

    private static boolean within(String period, EarlierGrant grant, LocalDate on) {
        if (grant.decidedOn().isAfter(on)) return false;
        return switch (period) {
            case "calendarYear" -> grant.decidedOn().getYear() == on.getYear();
            case "inForce" -> grant.validUntil() == null || !grant.validUntil().isBefore(on);
            case "life" -> true;
            default -> throw new IllegalArgumentException("own records know no period '" + period + "'");
        };
    }

    /** Null where a level is asked for and none is held. */
    private static Object counted(Scheme.Count count, List<EarlierGrant> grants) {
        return switch (count.of()) {
            case "amountFen" -> grants.stream().mapToLong(EarlierGrant::amountFen).sum();
            case "months" -> grants.stream().filter(g -> g.months() != null).mapToLong(EarlierGrant::months).sum();
            case "cases" -> (long) grants.size();
            case "exists" -> !grants.isEmpty();
            case "level" -> grants.stream().map(EarlierGrant::level).filter(Objects::nonNull).min(Integer::compare).map(Integer::longValue).orElse(null);
            case "instalments" -> grants.stream().map(EarlierGrant::instalment).filter(Objects::nonNull).map(Integer::longValue).distinct().sorted().toList();
            case "levels" -> grants.stream().filter(g -> g.facts().get(count.fact()) != null)
                .map(g -> count.prefix().getOrDefault(g.benefit(), "") + g.facts().get(count.fact())).distinct().sorted().toList();
            default -> throw new IllegalArgumentException("own records count no '" + count.of() + "'");
        };
    }

    private EarlierGrant read(ResultSet row, int index) throws SQLException {
        try {
            return new EarlierGrant(row.getString("benefit"), row.getLong("amount_fen"), row.getObject("level", Integer.class), row.getObject("monthly_fen", Long.class),
                row.getObject("months", Integer.class), row.getObject("instalment", Integer.class), row.getObject("governing_date", LocalDate.class),
                row.getObject("decided_on", LocalDate.class), row.getObject("valid_until", LocalDate.class),
                json.readValue(row.getString("facts"), new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an earlier grant's facts can't be read", e);
        }
    }
}
