package cn.jincai.applicant;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How an account's pages look, where its holder has chosen it: light or dark, letters, contrast, motion. */
@Component
public class DisplayChoices {
    private final JdbcClient jdbc;

    DisplayChoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return words with dots between, as they were kept */
    public Optional<String> of(String account) {
        return jdbc.sql("select display from accounts where name = ? and display is not null")
                .param(account)
                .query(String.class)
                .optional();
    }

    /** @param words at most 40 characters */
    public void choose(String account, String words) {
        jdbc.sql("update accounts set display = ? where name = ? and (display is null or display <> ?)")
                .params(words, account, words)
                .update();
    }
}
