package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who start it all, where there are no sample people: two administrators, made with the token from the environment (JINCAI_ADMIN_TOKEN), each with a password of
 * his own. One alone gives no role of audit, money, policy or administration.
 */
@Service
public class FirstAdministrator {
    static final int TOGETHER = 2;
    private static final int SHORTEST_TOKEN = 16;

    private final String token;
    private final Accounts accounts;
    private final Attempts attempts;
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    FirstAdministrator(
            @Value("${jincai.admin-token:}") String token,
            Accounts accounts,
            Attempts attempts,
            JdbcClient jdbc,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.token = token.strip();
        this.accounts = accounts;
        this.attempts = attempts;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** False without a token of at least 16 characters, once it has served twice, and where there are two administrators already. */
    public boolean isAwaited() {
        return token.length() >= SHORTEST_TOKEN
                && made() < TOGETHER
                && accounts.withRole(Role.ADMIN).size() < TOGETHER;
    }

    /** Whether the one who is awaited is the second. */
    public boolean isSecond() {
        return !accounts.withRole(Role.ADMIN).isEmpty();
    }

    private int made() {
        return jdbc.sql("select count(*) from first_administrators")
                .query(Integer.class)
                .single();
    }

    /** @throws Problem NOT_FOUND where none is awaited, INVALID with the mistakes, TOO_MANY */
    @Transactional
    public void make(String givenToken, String name, String displayName, String password, String from) {
        if (!isAwaited()) throw Problem.notFound();
        attempts.take("first-administrator", from);
        boolean right = MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8),
                (givenToken == null ? "" : givenToken.strip()).getBytes(StandardCharsets.UTF_8));
        List<Mistake> mistakes = new ArrayList<>();
        if (!right) mistakes.add(Mistake.of("token", "applicant.TOKEN"));
        Staff.checkName(name, accounts).ifPresent(mistakes::add);
        if (displayName == null || displayName.isBlank())
            mistakes.add(Mistake.of("displayName", "applicant.displayName.REQUIRED"));
        Passwords.check(password, name, displayName, token).ifPresent(mistakes::add);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        jdbc.sql("insert into first_administrators (place, account, made_at) values (?, ?, ?)")
                .params(made() + 1, name, clock.timestamp())
                .update();
        accounts.make(Account.of(name, displayName.strip(), Role.ADMIN), password, null);
        events.publishEvent(CaseEvent.forAuditors(
                "applicant.event.first-administrator", new Actor(name, Set.of(Role.ADMIN)), Role.ADMIN, Map.of()));
    }
}
