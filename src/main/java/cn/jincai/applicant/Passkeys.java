package cn.jincai.applicant;

import static cn.jincai.applicant.PersonSeals.PASSKEY;
import static cn.jincai.applicant.PersonSeals.PASSKEY_LABEL;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Spelling;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Passkeys of accounts (decision 147): kept here, made and checked where HTTP is known. Each is a second factor, and with it alone one signs in too. */
@Service
public class Passkeys {
    private static final int MOST = 10, LONGEST_LABEL = 40;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Accounts accounts;
    private final SecondFactors factors;
    private final Attempts attempts;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Passkeys(
            JdbcClient jdbc,
            Vault vault,
            Accounts accounts,
            SecondFactors factors,
            Attempts attempts,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.accounts = accounts;
        this.factors = factors;
        this.attempts = attempts;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param id          by which the authenticator knows it, base64url
     * @param label       what its holder calls it
     * @param attestation what the authenticator said when it made it, base64url; its public key is in there
     * @param signCount   of the last signature that was taken; 0 of authenticators that don't count
     */
    public record Passkey(
            String id,
            String account,
            String label,
            String attestation,
            List<String> transports,
            long signCount,
            Instant since,
            @Nullable Instant lastUsed) {}

    /** The oldest first; without those that were put into another's row. */
    public List<Passkey> of(String account) {
        return jdbc
                .sql("select * from passkeys where account = ? order by since, credential_id")
                .param(account)
                .query((row, i) -> read(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<Passkey> find(String id) {
        return jdbc.sql("select * from passkeys where credential_id = ?")
                .param(id)
                .query((row, i) -> read(row))
                .optional()
                .flatMap(passkey -> passkey);
    }

    /** By which authenticators know an account; it says nothing of its holder. */
    public byte[] userHandle(String account) {
        return HexFormat.of().parseHex(vault.fingerprint("passkey", account));
    }

    /** Whose handle it is, where he has a passkey. */
    public Optional<String> holder(byte[] userHandle) {
        return jdbc.sql("select distinct account from passkeys where user_handle = ?")
                .param(HexFormat.of().formatHex(userHandle))
                .query(String.class)
                .optional();
    }

    /** Before one is made: whoever finds a session open does not know the password. @return the label in one spelling @throws Problem INVALID, TOO_MANY, CONFLICT */
    @Transactional
    public String mayRegister(String label, String password, Actor by) {
        String name = Spelling.ofName(label);
        if (name.isEmpty() || name.length() > LONGEST_LABEL)
            throw Problem.invalid("label", "applicant.PASSKEY_LABEL", LONGEST_LABEL);
        Spelling.mistakeInName("label", name).ifPresent(mistake -> {
            throw Problem.invalid(List.of(mistake));
        });
        if (of(by.account()).size() >= MOST) throw Problem.invalid("label", "applicant.PASSKEYS_MANY", MOST);
        attempts.take("password", by.account());
        if (accounts.signIn(by.account(), password).isEmpty())
            throw Problem.invalid("password", "applicant.PASSWORD_WRONG");
        return name;
    }

    /** @return codes on paper where it is the account's first factor, told once */
    @Transactional
    public List<String> register(Passkey fresh, Actor by) {
        jdbc.sql(
                        "insert into passkeys (credential_id, account, user_handle, sealed_label, sealed_attestation, transports, sign_count, since) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        fresh.id(),
                        by.account(),
                        vault.fingerprint("passkey", by.account()),
                        vault.seal(PASSKEY_LABEL, fresh.label(), fresh.id(), by.account()),
                        vault.seal(PASSKEY, fresh.attestation(), fresh.id(), by.account()),
                        String.join(",", fresh.transports()),
                        fresh.signCount(),
                        clock.timestamp())
                .update();
        tell("applicant.event.passkey-registered", by);
        return factors.firstRecoveryCodes(by.account());
    }

    /** It has signed. @throws Problem INVALID where another signature of the same moment was counted as high */
    @Transactional
    public void used(String id, long signCount) {
        if (jdbc.sql(
                                "update passkeys set sign_count = ?, last_used = ? where credential_id = ? and (sign_count < ? or sign_count = 0)")
                        .params(signCount, clock.timestamp(), id, signCount)
                        .update()
                != 1) throw Problem.invalid("passkey", "applicant.PASSKEY_WRONG");
    }

    /** Its counter went back: somebody may have copied it. It was refused; its holder and the auditors look. */
    @Transactional
    public void copied(Passkey passkey) {
        tell("applicant.event.passkey-copied", accounts.actor(passkey.account()));
    }

    /** By its holder, who has just shown a factor. @throws Problem NOT_FOUND, CONFLICT where a role asks for a factor and it is the last */
    @Transactional
    public void remove(String id, Actor by) {
        factors.mustKeepOne(by);
        if (jdbc.sql("delete from passkeys where credential_id = ? and account = ?")
                        .params(id, by.account())
                        .update()
                != 1) throw Problem.notFound();
        factors.oneLess(by.account());
        tell("applicant.event.passkey-removed", by);
    }

    private Optional<Passkey> read(ResultSet row) throws SQLException {
        String id = row.getString("credential_id"), account = row.getString("account");
        Instant since = Instants.always(row, "since"), lastUsed = Instants.in(row, "last_used");
        long signCount = row.getLong("sign_count");
        List<String> transports = Stream.of(row.getString("transports").split(","))
                .filter(transport -> !transport.isEmpty())
                .toList();
        Sealed label = Sealed.always(row, "sealed_label"), attestation = Sealed.always(row, "sealed_attestation");
        return vault.look(PASSKEY, attestation, id, account)
                .flatMap(proves -> vault.look(PASSKEY_LABEL, label, id, account)
                        .map(name -> new Passkey(id, account, name, proves, transports, signCount, since, lastUsed)));
    }

    private void tell(String key, Actor by) {
        events.publishEvent(CaseEvent.forAuditors(
                key, by, by.roles().stream().findFirst().orElse(null), Map.of("account", by.account())));
    }
}
