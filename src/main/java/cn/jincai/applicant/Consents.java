package cn.jincai.applicant;

import cn.jincai.kernel.CityClock;
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

    public boolean given(String account, String purpose) {
        return jdbc.sql("select count(*) > 0 from consents where account = ? and purpose = ?")
                .params(account, purpose)
                .query(Boolean.class)
                .single();
    }
}
