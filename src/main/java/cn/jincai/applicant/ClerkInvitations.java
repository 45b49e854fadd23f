package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * An employer's administrator, its first clerk, invites the others: by a link, and by a code that he tells them another way. It is used once, lives for some days, and can be
 * taken back; whoever accepts does so himself, signed in with his own account. What may be guessed is guessed five times.
 */
@Service
public class ClerkInvitations {
    public static final Duration LIVES = Duration.ofDays(7);
    private static final int GUESSES = 5, DIGITS = 8, OPEN_AT_ONCE = 20;

    private final JdbcClient db;
    private final Employers employers;
    private final Accounts accounts;
    private final Vault vault;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final SecureRandom random = new SecureRandom();

    ClerkInvitations(
            JdbcClient db,
            Employers employers,
            Accounts accounts,
            Vault vault,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.employers = employers;
        this.accounts = accounts;
        this.vault = vault;
        this.clock = clock;
        this.events = events;
    }

    /** What the administrator passes on; the code is shown to him once and to nobody else. */
    public record Made(String key, String code, Instant endsAt) {}

    /** One that waits. */
    public record Open(long id, String invitedBy, Instant invitedAt, Instant endsAt) {}

    /** @throws Problem FORBIDDEN for whoever is not his employer's administrator; CONFLICT where too many wait */
    @Transactional
    public Made invite(Actor by) {
        String code = employerOf(by);
        if (open(code).size() >= OPEN_AT_ONCE) throw Problem.conflict("applicant.invitation.MANY", OPEN_AT_ONCE);
        String key = UUID.randomUUID().toString();
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < DIGITS; i++) secret.append(random.nextInt(10));
        Instant ends = clock.instant().plus(LIVES);
        db.sql(
                        "insert into clerk_invitations (row_key, employer_code, invited_by, invited_at, ends_at, sealed_code) values (?, ?, ?, ?, ?, ?)")
                .params(
                        key,
                        code,
                        by.account(),
                        clock.timestamp(),
                        Instants.utc(ends),
                        vault.seal(PersonSeals.INVITATION, secret.toString(), key))
                .update();
        tell("applicant.event.clerk-invited", by, Role.EMPLOYER, code);
        return new Made(key, secret.toString(), ends);
    }

    private String employerOf(Actor by) {
        String code = accounts.find(by.account()).employerCode();
        if (code == null || !employers.isFirstClerk(by.account(), code))
            throw Problem.forbidden("applicant.invitation.NOT_ADMINISTRATOR");
        return code;
    }

    /** Those of the administrator's employer that wait, the latest first; none for anybody else. */
    @Transactional(readOnly = true)
    public List<Open> of(Actor who) {
        String code = accounts.find(who.account()).employerCode();
        return code == null || !employers.isFirstClerk(who.account(), code) ? List.of() : open(code);
    }

    private List<Open> open(String code) {
        return db.sql(
                        "select id, invited_by, invited_at, ends_at from clerk_invitations where employer_code = ? and closed_at is null and ends_at > ? order by id desc")
                .params(code, clock.timestamp())
                .query((row, n) -> new Open(
                        row.getLong("id"),
                        row.getString("invited_by"),
                        Instants.always(row, "invited_at"),
                        Instants.always(row, "ends_at")))
                .list();
    }

    /** @throws Problem FORBIDDEN as {@link #invite}; NOT_FOUND where it is another employer's or does not wait any more */
    @Transactional
    public void revoke(Actor by, long id) {
        String code = employerOf(by);
        if (db.sql(
                                "update clerk_invitations set closed_at = ?, closed_as = 'revoked' where id = ? and employer_code = ? and closed_at is null")
                        .params(clock.timestamp(), id, code)
                        .update()
                == 0) throw Problem.notFound();
        tell("applicant.event.clerk-invitation-revoked", by, Role.EMPLOYER, code);
    }

    /** Which employer invites by this link. @throws Problem NOT_FOUND where there is none; CONFLICT where it was used, revoked or is over */
    @Transactional(readOnly = true)
    public Employer employer(String key) {
        return employers.look(waiting(key).employerCode).orElseThrow(Problem::notFound);
    }

    private record Row(
            long id, String employerCode, String invitedBy, Instant endsAt, boolean closed, int wrong, Sealed code) {}

    private Row waiting(String key) {
        Optional<Row> row = db.sql("select * from clerk_invitations where row_key = ?")
                .param(key)
                .query((r, n) -> new Row(
                        r.getLong("id"),
                        r.getString("employer_code"),
                        r.getString("invited_by"),
                        Instants.always(r, "ends_at"),
                        r.getObject("closed_at") != null,
                        r.getInt("wrong"),
                        Sealed.always(r, "sealed_code")))
                .optional();
        Row found = row.orElseThrow(Problem::notFound);
        // who invited is the employer's administrator no more: what he began ends with that
        if (found.closed
                || !clock.instant().isBefore(found.endsAt)
                || !employers.isFirstClerk(found.invitedBy, found.employerCode))
            throw Problem.conflict("applicant.invitation.OVER");
        return found;
    }

    /**
     * With the right code he is the employer's clerk, and has to sign in again.
     *
     * @return whether the code was right; a wrong one is counted, and the fifth ends the invitation
     * @throws Problem as {@link #employer}; CONFLICT where he is staff or another employer's clerk
     */
    @Transactional
    public boolean accept(Actor by, String key, String typed) {
        Row row = waiting(key);
        String code = String.valueOf(vault.open(PersonSeals.INVITATION, row.code, key));
        boolean right = MessageDigest.isEqual(
                code.getBytes(StandardCharsets.UTF_8),
                typed.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8));
        if (!right) {
            boolean last = row.wrong + 1 >= GUESSES;
            db.sql(
                            "update clerk_invitations set wrong = wrong + 1, closed_at = ?, closed_as = ? where id = ? and closed_at is null")
                    .param(1, last ? clock.timestamp() : null)
                    .param(2, last ? "guessed" : null)
                    .param(3, row.id)
                    .update();
            return false;
        }
        if (db.sql(
                                "update clerk_invitations set closed_at = ?, closed_as = 'accepted', accepted_by = ? where id = ? and closed_at is null")
                        .params(clock.timestamp(), by.account(), row.id)
                        .update()
                == 0) throw Problem.conflict("applicant.invitation.OVER");
        Employer employer = employers.look(row.employerCode).orElseThrow(Problem::notFound);
        employers.tie(
                accounts.find(by.account()), new Employers.Proposal(by.account(), employer.code(), employer.name()));
        tell("applicant.event.clerk-tied", by, Role.APPLICANT, row.employerCode);
        return true;
    }

    private void tell(String key, Actor by, Role as, String code) {
        events.publishEvent(CaseEvent.forAuditors(key, by, as, Map.of("account", by.account(), "employer", code)));
    }
}
