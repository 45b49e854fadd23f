package cn.jincai.applicant;

import cn.jincai.kernel.CityClock;
import cn.jincai.vault.Vault;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** From where an account has signed in: a browser, by what it was given to tell, or a network. Who was there before is not kept out by the wrong passwords of others. */
@Service
public class SignInPlaces {
    private static final int DAYS_KEPT = 180, REMEMBERED = 20_000;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final CityClock clock;
    /** So that a program which signs in with each call writes once a day. */
    private final Map<String, LocalDate> written = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LocalDate> eldest) {
            return size() > REMEMBERED;
        }
    });

    SignInPlaces(JdbcClient jdbc, Vault vault, CityClock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    /** @param place a browser's token or a network; strangers make up both, so it is never compared in the clear */
    public boolean knows(String account, String place) {
        return jdbc.sql("select count(*) > 0 from sign_in_places where account = ? and place_mark = ? and seen_on > ?")
                .params(account, mark(place), clock.today().minusDays(DAYS_KEPT))
                .query(Boolean.class)
                .single();
    }

    public void remember(String account, String place) {
        LocalDate today = clock.today();
        String mark = mark(place);
        if (today.equals(written.put(account + " " + mark, today))) return;
        if (jdbc.sql("update sign_in_places set seen_on = ? where account = ? and place_mark = ?")
                        .params(today, account, mark)
                        .update()
                == 1) return;
        try {
            jdbc.sql("insert into sign_in_places (account, place_mark, seen_on) values (?, ?, ?)")
                    .params(account, mark, today)
                    .update();
        } catch (DuplicateKeyException another) {
            return; // another call of the same moment has written it
        }
        jdbc.sql("delete from sign_in_places where account = ? and seen_on <= ?")
                .params(account, today.minusDays(DAYS_KEPT))
                .update();
    }

    private String mark(String place) {
        return vault.fingerprint("place", place);
    }
}
