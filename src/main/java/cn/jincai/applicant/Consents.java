package cn.jincai.applicant;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a person agreed to, in which words and when (个人信息保护法 14: informed, explicit, and to be proven). */
@Service
public class Consents {
    private final JdbcClient jdbc;
    private final CityClock clock;

    Consents(JdbcClient jdbc, CityClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param purpose a short code such as {@code registration}, {@code data-checks}; {@code wording} the sentence agreed to, as shown */
    @Transactional
    public void give(String account, String purpose, String wording) {
        jdbc.sql("insert into consents (account, purpose, wording, given_at) values (?, ?, ?, ?)")
                .params(account, purpose, wording, clock.timestamp())
                .update();
    }

    /** @param wording the sentence agreed to, as it was shown */
    public record Consent(String purpose, String wording, Instant givenAt) {}

    /** All that the account's holder has agreed to, in the order of time. */
    public List<Consent> of(String account) {
        return jdbc.sql("select purpose, wording, given_at from consents where account = ? order by id")
                .param(account)
                .query((row, n) -> new Consent(row.getString(1), row.getString(2), Instants.always(row, "given_at")))
                .list();
    }

    public boolean given(String account, String purpose) {
        return jdbc.sql("select count(*) > 0 from consents where account = ? and purpose = ?")
                .params(account, purpose)
                .query(Boolean.class)
                .single();
    }
}
