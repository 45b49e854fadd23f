package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Codes of six digits that an account's holder reads from his telephone after the password (RFC 6238), and codes on paper for whoever has lost it (decision 144), or his {@link Passkeys passkey}. */
@Service
public class SecondFactors {
    private static final int SECRET_BYTES = 20, STEP_SECONDS = 30, RECOVERY_CODES = 10, RECOVERY_BYTES = 10;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Attempts attempts;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final Set<Role> requiredFor;
    private final HmacOneTimePasswordGenerator codes = new HmacOneTimePasswordGenerator();
    private final SecureRandom random = new SecureRandom();

    SecondFactors(
            JdbcClient jdbc,
            Vault vault,
            Attempts attempts,
            CityClock clock,
            ApplicationEventPublisher events,
            @Value("${jincai.second-factor-for}") Set<Role> requiredFor) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.attempts = attempts;
        this.clock = clock;
        this.events = events;
        this.requiredFor = requiredFor;
    }

    /** Whether a telephone shows its codes; beside it there may be passkeys. */
    public boolean isInUse(String account) {
        return jdbc.sql("select count(*) > 0 from second_factors where account = ? and in_use")
                .param(account)
                .query(Boolean.class)
                .single();
    }

    /** Whether a role of this account asks for one, by the setting {@code jincai.second-factor-for}. */
    public boolean isRequired(Set<Role> roles) {
        return roles.stream().anyMatch(role -> requiredFor.contains(role.rights()));
    }

    /** How many codes on paper are left. */
    public int recoveryCodesLeft(String account) {
        return jdbc.sql("select count(*) from recovery_codes where account = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /** @return the secret, to be shown once to its holder; it counts once {@link #confirm confirmed}. @throws Problem CONFLICT where one is in use */
    @Transactional
    public String begin(Actor by) {
        if (isInUse(by.account())) throw Problem.conflict("applicant.SECOND_FACTOR_IN_USE");
        byte[] fresh = new byte[SECRET_BYTES];
        random.nextBytes(fresh);
        String secret = new Base32().encodeToString(fresh);
        deleteSecret(by.account());
        jdbc.sql("insert into second_factors (account, sealed_secret, since) values (?, ?, ?)")
                .params(by.account(), vault.seal(PersonSeals.SECOND_FACTOR, secret, by.account()), clock.timestamp())
                .update();
        return secret;
    }

    /** The secret that was begun and is not in use yet, for its page to be shown once more. */
    public Optional<String> begun(String account) {
        return isInUse(account) ? Optional.empty() : secret(account);
    }

    /** @return codes on paper where it is the account's first factor, told once. @throws Problem INVALID for a wrong code, NOT_FOUND where none was begun, TOO_MANY */
    @Transactional
    public List<String> confirm(String code, Actor by) {
        if (begun(by.account()).isEmpty()) throw Problem.notFound();
        mustBeRight(by.account(), code);
        jdbc.sql("update second_factors set in_use = true, since = ? where account = ?")
                .params(clock.timestamp(), by.account())
                .update();
        tell("applicant.event.second-factor-set", by, by.account());
        return firstRecoveryCodes(by.account());
    }

    /** Of the telephone or on paper; each counts once. @throws Problem INVALID, TOO_MANY */
    @Transactional
    public void check(String account, String code) {
        mustBeRight(account, code);
    }

    /** New ones on paper, for whoever has just shown a factor; those of before are of no use any more. */
    @Transactional
    public List<String> renewRecoveryCodes(Actor by) {
        tell("applicant.event.recovery-codes-renewed", by, by.account());
        return freshRecoveryCodes(by.account());
    }

    /** By its holder, who has just shown a factor. @throws Problem CONFLICT */
    @Transactional
    public void remove(Actor by) {
        mustKeepOne(by);
        deleteSecret(by.account());
        oneLess(by.account());
        tell("applicant.event.second-factor-removed", by, by.account());
    }

    /** Asked before somebody shows a factor in vain too. @throws Problem CONFLICT where a role asks for one and there is one alone */
    public void mustKeepOne(Actor by) {
        if (isRequired(by.roles()) && count(by.account()) == 1)
            throw Problem.conflict("applicant.SECOND_FACTOR_REQUIRED");
    }

    /** Where it was the last, codes on paper stand for nothing any more. */
    void oneLess(String account) {
        if (count(account) == 0) deleteRecoveryCodes(account);
    }

    /** Telephone and passkeys. */
    private int count(String account) {
        return jdbc.sql("select count(*) from passkeys where account = ?")
                        .param(account)
                        .query(Integer.class)
                        .single()
                + (isInUse(account) ? 1 : 0);
    }

    /** By the office, all of somebody who has lost both them and the paper; {@link Staff} says who may. */
    void take(String account, Actor by) {
        if (count(account) == 0) return;
        deleteSecret(account);
        jdbc.sql("delete from passkeys where account = ?").param(account).update();
        deleteRecoveryCodes(account);
        jdbc.sql("update accounts set factor_taken_by = ?, factor_taken_at = ? where name = ?")
                .params(by.account(), clock.timestamp(), account)
                .update();
        events.publishEvent(new RolesChanged(account));
        tell("applicant.event.second-factor-taken", by, account);
    }

    private void deleteSecret(String account) {
        jdbc.sql("delete from second_factors where account = ?").param(account).update();
    }

    private void deleteRecoveryCodes(String account) {
        jdbc.sql("delete from recovery_codes where account = ?").param(account).update();
    }

    private void mustBeRight(String account, String given) {
        attempts.take("second-factor", account);
        String code = given == null ? "" : Spelling.ofCode(given);
        if (!isOfTheTelephone(account, code) && !isOnPaper(account, code))
            throw Problem.invalid("code", "applicant.SECOND_FACTOR_WRONG");
    }

    /** The clocks of telephones differ by some seconds: the step before and the one after count too. The same code is not taken twice. */
    private boolean isOfTheTelephone(String account, String code) {
        if (!code.matches("\\d{6}")) return false;
        Optional<String> secret = secret(account);
        if (secret.isEmpty()) return false;
        var key = new SecretKeySpec(new Base32().decode(secret.get()), "RAW");
        // telephones show the time of day, whatever the demo's clock says
        long now = clock.instant().minus(clock.offset()).getEpochSecond() / STEP_SECONDS;
        return LongStream.rangeClosed(now - 1, now + 1)
                .filter(step -> code(key, step).equals(code))
                .anyMatch(
                        step -> jdbc.sql("update second_factors set last_step = ? where account = ? and last_step < ?")
                                        .params(step, account, step)
                                        .update()
                                == 1);
    }

    private String code(SecretKeySpec key, long step) {
        try {
            return codes.generateOneTimePasswordString(key, step, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isOnPaper(String account, String code) {
        return jdbc.sql("delete from recovery_codes where account = ? and code_mark = ?")
                        .params(account, recoveryMark(account, code))
                        .update()
                == 1;
    }

    /** None where there are some: what is on paper stays good beside a further factor. */
    List<String> firstRecoveryCodes(String account) {
        return recoveryCodesLeft(account) > 0 ? List.of() : freshRecoveryCodes(account);
    }

    private List<String> freshRecoveryCodes(String account) {
        deleteRecoveryCodes(account);
        List<String> fresh =
                Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
        for (String code : fresh)
            jdbc.sql("insert into recovery_codes (account, code_mark) values (?, ?)")
                    .params(account, recoveryMark(account, Spelling.ofCode(code)))
                    .update();
        return fresh;
    }

    /** Four groups of four: letters and digits that are not taken for one another. */
    private String recoveryCode() {
        byte[] chance = new byte[RECOVERY_BYTES];
        random.nextBytes(chance);
        return String.join(
                "-",
                Arrays.asList(new Base32()
                        .encodeToString(chance)
                        .toLowerCase(Locale.ROOT)
                        .split("(?<=\\G.{4})")));
    }

    private String recoveryMark(String account, String code) {
        return vault.fingerprint("recovery-code", List.of(account, code));
    }

    private Optional<String> secret(String account) {
        return jdbc.sql("select sealed_secret from second_factors where account = ?")
                .param(account)
                .query((row, i) -> Sealed.always(row, "sealed_secret"))
                .optional()
                .flatMap(kept -> vault.look(PersonSeals.SECOND_FACTOR, kept, account));
    }

    private void tell(String key, Actor by, String account) {
        events.publishEvent(CaseEvent.forAuditors(
                key, by, by.roles().stream().findFirst().orElse(null), Map.of("account", account)));
    }
}
