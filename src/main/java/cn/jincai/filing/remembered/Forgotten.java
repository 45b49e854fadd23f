package cn.jincai.filing.remembered;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which answers an applicant wants to be asked again. The applications in which he gave them stay as they are: the law keeps those. */
@Component
public class Forgotten {
    private final JdbcClient db;
    private final CityClock clock;

    Forgotten(JdbcClient db, CityClock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Whether the answer of that moment is not to be offered any more. */
    boolean isForgotten(String account, String field, @Nullable Instant handedIn) {
        return db.sql("select forgotten_at from forgotten_answers where account = ? and field = ?")
                .params(account, field)
                .query((row, n) -> Instants.always(row, "forgotten_at"))
                .optional()
                .filter(at -> handedIn == null || !handedIn.isAfter(at))
                .isPresent();
    }

    /** What was handed in until now under this key is offered no more; what is handed in later is. */
    @Transactional
    public void forget(String account, String field) {
        db.sql("delete from forgotten_answers where account = ? and field = ?")
                .params(account, field)
                .update();
        db.sql("insert into forgotten_answers (account, field, forgotten_at) values (?, ?, ?)")
                .params(account, field, clock.timestamp())
                .update();
    }
}
