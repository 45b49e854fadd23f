package cn.jincai.applicant;

import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** In which language an account's pages are shown, where its holder has chosen one. */
@Component
public class Languages {
    private final JdbcClient jdbc;

    Languages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Locale> of(String account) {
        return jdbc.sql("select language from accounts where name = ? and language is not null")
                .param(account)
                .query(String.class)
                .optional()
                .map(Locale::forLanguageTag);
    }

    /** @param language {@code zh}, {@code zh-Hant} or {@code en} */
    public void choose(String account, String language) {
        jdbc.sql("update accounts set language = ? where name = ? and (language is null or language <> ?)")
                .params(language, account, language)
                .update();
    }
}
