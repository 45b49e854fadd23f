package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts whose holders sign in by an issuer outside (OpenID Connect). The issuer says who it is; what he may do is kept here: its claims give a role only where one administrator
 * alone could, ask for those that two give, and take what they don't name any more (decision 145). No account is made by a claim.
 */
@Service
public class IssuerAccounts {
    private final Accounts accounts;
    private final Standings standings;
    private final Persons persons;
    private final RolesApart apart;
    private final RoleProposals proposals;
    private final Attempts attempts;
    private final Vault vault;
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    IssuerAccounts(
            Accounts accounts,
            Standings standings,
            Persons persons,
            RolesApart apart,
            RoleProposals proposals,
            Attempts attempts,
            Vault vault,
            JdbcClient jdbc,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.standings = standings;
        this.persons = persons;
        this.apart = apart;
        this.proposals = proposals;
        this.attempts = attempts;
        this.vault = vault;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What an issuer tells of whoever signs in.
     *
     * @param issuer   its address
     * @param subject  by which it knows him, for good
     * @param document as the issuer has checked it, or null
     * @param governed the roles of which it speaks
     * @param claimed  those of them that it names for him
     */
    public record Told(
            String issuer, String subject, @Nullable Document document, Set<Role> governed, Set<Role> claimed) {
        @Override
        public String toString() {
            return "Told[" + issuer + "]"; // a record's own text would carry the subject and the document into a log
        }
    }

    public record Document(String type, String number) {}

    /** Since when somebody's account is tied to him at this issuer. */
    public Optional<Instant> tiedSince(String account, String issuer) {
        return jdbc.sql("select tied_at from issuer_identities where account = ? and issuer = ?")
                .params(account, issuer)
                .query((row, i) -> Instants.always(row, "tied_at"))
                .optional();
    }

    /** Before one ties one's account: whoever finds a page open is not its holder. @throws Problem INVALID, TOO_MANY */
    public void mustBeHolder(String password, Actor by) {
        attempts.take("password", by.account());
        if (accounts.signIn(by.account(), password).isEmpty())
            throw Problem.invalid("issuerPassword", "applicant.PASSWORD_WRONG");
    }

    /** Of the holder who has signed in here and there. @throws Problem FORBIDDEN where either is tied to another already, and as {@link #signIn} */
    @Transactional
    public Account tie(Told told, Actor by) {
        if (accountOf(told).filter(name -> !name.equals(by.account())).isPresent())
            throw Problem.forbidden("applicant.issuer.ANOTHERS");
        if (accountOf(told).isEmpty()) write(told, by.account(), by);
        return signIn(told);
    }

    /** By its holder. */
    @Transactional
    public void untie(String issuer, Actor by) {
        if (jdbc.sql("delete from issuer_identities where account = ? and issuer = ?")
                        .params(by.account(), issuer)
                        .update()
                == 1) tell("applicant.event.issuer-untied", by, by.account(), issuer);
    }

    /** Whose account it is, with the roles as they are after what the issuer told; officers may be left with none. @throws Problem FORBIDDEN, CONFLICT or, of roles that exclude each other, INVALID */
    @Transactional
    public Account signIn(Told told) {
        String name = accountOf(told).orElseGet(() -> tieByDocument(told));
        jdbc.sql("select name from accounts where name = ? for update")
                .param(name)
                .query(String.class)
                .single();
        Account account = accounts.find(name);
        if (account.locked()) throw Problem.forbidden("applicant.issuer.LOCKED");
        if (standings.of(name).program()) throw Problem.forbidden("applicant.issuer.PROGRAM");
        if (told.document != null
                && account.personKey() != null
                && !persons.isSame(account.personKey(), key(told.document)))
            throw Problem.forbidden("applicant.issuer.OTHER_DOCUMENT");
        return Staff.isStaff(account) ? withRolesAsTold(account, told) : account;
    }

    /** The account that the settings name for a program; empty where it is a person's, or locked. */
    public Optional<Account> program(String name) {
        return accounts.look(name)
                .filter(account -> !account.locked() && standings.of(name).program());
    }

    private Optional<String> accountOf(Told told) {
        return jdbc.sql("select account from issuer_identities where issuer = ? and subject_mark = ?")
                .params(told.issuer, mark(told))
                .query(String.class)
                .optional();
    }

    /** Of people from outside alone, and only where there is exactly one account it could be. */
    private String tieByDocument(Told told) {
        if (told.document == null
                || Registration.documentMistake(told.document.type, told.document.number, clock.today())
                        .isPresent()) throw Problem.forbidden("applicant.issuer.UNKNOWN");
        List<Account> theirs = persons.documents(key(told.document)).stream()
                .flatMap(key -> accounts.allOfPerson(key).stream())
                .filter(account -> !Staff.isStaff(account))
                .toList();
        if (theirs.size() != 1) throw Problem.forbidden("applicant.issuer.UNKNOWN");
        write(told, theirs.get(0).name(), Actor.SYSTEM);
        return theirs.get(0).name();
    }

    private void write(Told told, String account, Actor by) {
        try {
            jdbc.sql("insert into issuer_identities (issuer, subject_mark, account, tied_at) values (?, ?, ?, ?)")
                    .params(told.issuer, mark(told), account, clock.timestamp())
                    .update();
        } catch (DuplicateKeyException tiedAlready) {
            throw Problem.forbidden("applicant.issuer.ANOTHERS");
        }
        tell("applicant.event.issuer-tied", by, account, told.issuer);
    }

    /** Roles of which the issuer does not speak stay as administrators gave them. */
    private Account withRolesAsTold(Account account, Told told) {
        Set<Role> held = account.roles(), wanted = new TreeSet<>();
        held.stream().filter(role -> !told.governed.contains(role)).forEach(wanted::add);
        wanted.addAll(told.claimed);
        apart.mistake(wanted).ifPresent(mistake -> {
            throw Problem.invalid(List.of(mistake));
        });
        if (held.contains(Role.ADMIN)
                && !wanted.contains(Role.ADMIN)
                && accounts.withRole(Role.ADMIN).size() <= FirstAdministrator.TOGETHER)
            throw Problem.conflict("applicant.issuer.LAST_ADMINISTRATORS");
        Set<Role> atOnce = proposals.atOnce(wanted, held);
        if (!atOnce.equals(held)) {
            accounts.change(account.with(atOnce, account.employerCode()));
            events.publishEvent(CaseEvent.forAuditors(
                    "applicant.event.roles-by-issuer",
                    Actor.SYSTEM,
                    null,
                    Map.of(
                            "account",
                            account.name(),
                            "issuer",
                            told.issuer,
                            "roles",
                            atOnce.stream().map(Role::code).sorted().collect(Collectors.joining(" ")))));
        }
        proposals.ask(
                account.name(),
                wanted.stream().filter(role -> !atOnce.contains(role)).collect(Collectors.toSet()));
        return accounts.find(account.name());
    }

    private String key(Document document) {
        return persons.key(document.type, document.number);
    }

    private String mark(Told told) {
        return vault.fingerprint("issuer-subject", List.of(told.issuer, told.subject));
    }

    private void tell(String key, Actor by, String account, String issuer) {
        events.publishEvent(CaseEvent.forAuditors(
                key, by, by.roles().stream().findFirst().orElse(null), Map.of("account", account, "issuer", issuer)));
    }
}
