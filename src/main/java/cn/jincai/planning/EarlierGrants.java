package cn.jincai.planning;

import cn.jincai.kernel.JsonColumns;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the city granted before this system, by person, counted among its own records beside what was decided here. */
@Service
public class EarlierGrants implements GrantRecords {
    private final JdbcClient jdbc;
    private final JsonColumns json;

    EarlierGrants(JdbcClient jdbc, JsonColumns json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param personKey as {@code applicant.Persons.key} gives it; oldest decision first */
    @Override
    public List<EarlierGrant> of(String personKey) {
        return jdbc.sql("select * from earlier_grants where person_key = ? order by decided_on, id")
                .param(personKey)
                .query(this::read)
                .list();
    }

    @Transactional
    public void enter(String personKey, EarlierGrant g) {
        jdbc.sql(
                        "insert into earlier_grants (person_key, benefit, amount_fen, level, monthly_fen, months, instalment, governing_date, decided_on, valid_until, facts) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        personKey,
                        g.benefit(),
                        g.amountFen(),
                        g.level(),
                        g.monthlyFen(),
                        g.months(),
                        g.instalment(),
                        g.governingDate(),
                        g.decidedOn(),
                        g.validUntil(),
                        json.write(g.facts()))
                .update();
    }

    @Override
    public List<EarlierGrant> paid(String personKey) {
        return of(personKey); // before this system what was decided counts as paid (rulebook 3)
    }

    private EarlierGrant read(ResultSet row, int index) throws SQLException {
        return new EarlierGrant(
                row.getString("benefit"),
                row.getLong("amount_fen"),
                row.getObject("level", Integer.class),
                row.getObject("monthly_fen", Long.class),
                row.getObject("months", Integer.class),
                row.getObject("instalment", Integer.class),
                row.getObject("governing_date", LocalDate.class),
                row.getObject("decided_on", LocalDate.class),
                row.getObject("valid_until", LocalDate.class),
                json.read(row.getString("facts"), new TypeReference<Map<String, Object>>() {}));
    }
}
