package cn.jincai.applicant;

import static cn.jincai.applicant.PersonSeals.ACCOUNT_EMAIL;
import static cn.jincai.applicant.PersonSeals.DISPLAY_NAME;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.ReadOnce;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.Vault;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Accounts and their roles. */
@Service
public class Accounts {
    private final JdbcClient jdbc;
    private final Vault vault;
    private final Persons persons;
    private final PasswordEncoder passwords;
    private final RolesApart apart;
    private final Attempts attempts;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final String nobodys;
    private final ReadOnce<String, Optional<Account>> rows =
            new ReadOnce<>(name -> list("where name = ?", name).stream().findFirst());
    private final SecureRandom random = new SecureRandom();

    Accounts(
            JdbcClient jdbc,
            Vault vault,
            Persons persons,
            PasswordEncoder passwords,
            RolesApart apart,
            Attempts attempts,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.persons = persons;
        this.passwords = passwords;
        this.apart = apart;
        this.attempts = attempts;
        this.clock = clock;
        this.events = events;
        this.nobodys = passwords.encode("");
    }

    /** @throws Problem NOT_FOUND */
    public Account find(String name) {
        return look(name).orElseThrow(Problem::notFound);
    }

    public Optional<Account> look(String name) {
        return rows.get(name);
    }

    /** Who acts under this name, with the roles as they stand now; {@code system} is the system itself. */
    public Actor actor(String name) {
        if (Actor.SYSTEM.account().equals(name)) return Actor.SYSTEM;
        return new Actor(name, find(name).roles());
    }

    /** Names of the accounts with this role that may sign in, in order of name. */
    public List<String> withRole(Role role) {
        return jdbc.sql(
                        "select a.name from accounts a join account_roles r on r.account = a.name where r.role = ? and not a.locked order by a.name")
                .param(role.code())
                .query(String.class)
                .list();
    }

    /** Codes of the roles that any account holds, a locked one too, or is proposed for. */
    public Set<String> rolesHeld() {
        return Set.copyOf(jdbc.sql("select role from account_roles union select proposed_role from role_proposals")
                .query(String.class)
                .list());
    }

    /** Experts of this field; all of them where the field is null or blank, or nobody has named it. */
    public List<String> experts(@Nullable String field) {
        List<String> all = withRole(Role.EXPERT);
        if (field == null || field.isBlank()) return all;
        List<String> ofField = all.stream()
                .filter(name -> find(name).fields().contains(field.strip()))
                .toList();
        return ofField.isEmpty() ? all : ofField;
    }

    /** Everybody with his roles, in order of name; nothing sealed is opened for it. */
    public List<Actor> everybody() {
        Map<String, Set<Role>> roles = new LinkedHashMap<>();
        jdbc.sql(
                        "select a.name, r.role, s.rights from accounts a left join account_roles r on r.account = a.name left join staff_roles s on s.role = r.role order by a.name, r.role")
                .query(row -> {
                    Set<Role> own = roles.computeIfAbsent(row.getString(1), name -> new LinkedHashSet<>());
                    if (row.getString(2) != null) own.add(RolesApart.role(row.getString(2), row.getString(3)));
                });
        return roles.entrySet().stream()
                .map(e -> new Actor(e.getKey(), e.getValue()))
                .toList();
    }

    /** Accounts that hold any role but those of applicants and employers, in order of name; also locked ones, and those left without a role. */
    List<Account> staff() {
        return list(
                "where not exists (select 1 from account_roles r where r.account = accounts.name and r.role in ('applicant', 'employer')) order by name");
    }

    /** Who signs in with this number. */
    Optional<Account> signsInWith(String documentNumber) {
        return list("where login_mark = ?", loginMark(documentNumber)).stream().findFirst();
    }

    /** What making an account takes the longest for. */
    void asMuchWorkAsMaking(String password) {
        passwords.encode(Passwords.typed(password));
    }

    /** Whether an account other than this one is this person's, or signs in with this number. */
    public boolean isAnothers(String account, String personKey, String documentNumber) {
        return jdbc.sql("select count(*) > 0 from accounts where name <> ? and (person_key = ? or login_mark = ?)")
                .params(account, personKey, loginMark(documentNumber))
                .query(Boolean.class)
                .single();
    }

    /** Whose account it is that signs in with this name or number, or belongs to the person with this number; an old number of a renewed document is found too. */
    public Optional<Account> holder(String nameOrNumber) {
        return kept(nameOrNumber)
                .map(k -> find(k.name()))
                .or(() -> Registration.DOCUMENT_TYPES.stream()
                        .map(type -> persons.key(type, nameOrNumber))
                        .flatMap(key -> ofPerson(key).stream())
                        .findFirst());
    }

    List<Account> ofEmployer(String code) {
        return list("where employer_code = ? order by name", code);
    }

    /** Whether the person has an account under this document. */
    public boolean hasAny(String personKey) {
        return ofPerson(personKey).isPresent();
    }

    Optional<Account> ofPerson(String personKey) {
        return allOfPerson(personKey).stream().findFirst();
    }

    public List<Account> allOfPerson(String personKey) {
        return list("where person_key = ? order by name", personKey);
    }

    /**
     * Who signs in with this name, or the number of his document, and this password; empty for a wrong one, and for a locked account. A name that
     * nobody has takes as long as a wrong password.
     */
    public Optional<Account> signIn(String nameOrNumber, String password) {
        Optional<Kept> kept = kept(nameOrNumber);
        String typed = Passwords.typed(password);
        boolean right = passwords.matches(typed, kept.map(Kept::hash).orElse(nobodys));
        if (right) kept.filter(k -> passwords.upgradeEncoding(k.hash)).ifPresent(k -> hashAnew(k, typed));
        return right ? kept.map(k -> find(k.name())).filter(account -> !account.locked()) : Optional.empty();
    }

    /** In the way of today, of a password that was hashed in one of before. */
    private void hashAnew(Kept kept, String password) {
        jdbc.sql("update accounts set password = ? where name = ? and password = ?")
                .params(passwords.encode(password), kept.name, kept.hash)
                .update();
    }

    /** Whose account it is that signs in with this. */
    Optional<Account> signingInAs(String nameOrNumber) {
        return kept(nameOrNumber).map(k -> find(k.name()));
    }

    /** One word for whoever would sign in with this, however it is typed: the account's name; where nobody has it, what was typed in one spelling. */
    public String signInName(String nameOrNumber) {
        return kept(nameOrNumber).map(Kept::name).orElseGet(() -> typed(nameOrNumber));
    }

    private record Kept(String name, String hash) {}

    /** A name goes before a number that is spelt alike: names are the office's, and somebody's passport may look like one. */
    private Optional<Kept> kept(String nameOrNumber) {
        if (nameOrNumber.codePoints().anyMatch(Character::isISOControl))
            return Optional.empty(); // nobody is called so, and PostgreSQL refuses one of them
        return jdbc
                .sql(
                        "select name, password as hash from accounts where name = :name or login_mark = :mark order by case when name = :name then 0 else 1 end")
                .param("name", typed(nameOrNumber))
                .param("mark", loginMark(nameOrNumber))
                .query(Kept.class)
                .list()
                .stream()
                .findFirst();
    }

    /** Phones begin with a capital and end with a blank what people type. */
    private static String typed(String name) {
        return Spelling.ofWord(name).toLowerCase(Locale.ROOT);
    }

    private String loginMark(String documentNumber) {
        return vault.fingerprint("login", Spelling.ofCode(documentNumber));
    }

    /** @param documentNumber by which the person may also sign in, or null */
    @Transactional
    public void make(Account account, String password, @Nullable String documentNumber) {
        write(
                        "insert into accounts (name, sealed_display_name, password, login_mark, person_key, employer_code, sealed_email, fields, locked, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        account.name(),
                        vault.seal(DISPLAY_NAME, account.displayName(), account.name()),
                        passwords.encode(Passwords.typed(password)),
                        documentNumber == null ? null : loginMark(documentNumber),
                        account.personKey(),
                        account.employerCode(),
                        vault.seal(ACCOUNT_EMAIL, account.email(), account.name()),
                        String.join(",", account.fields()),
                        account.locked(),
                        clock.timestamp()))
                .update();
        writeRoles(account);
    }

    /** Everything but the password. */
    @Transactional
    void change(Account account) {
        write(
                        "update accounts set sealed_display_name = ?, employer_code = ?, sealed_email = ?, fields = ?, locked = ? where name = ?")
                .params(Arrays.asList(
                        vault.seal(DISPLAY_NAME, account.displayName(), account.name()),
                        account.employerCode(),
                        vault.seal(ACCOUNT_EMAIL, account.email(), account.name()),
                        String.join(",", account.fields()),
                        account.locked(),
                        account.name()))
                .update();
        write("delete from account_roles where account = ?")
                .param(account.name())
                .update();
        writeRoles(account);
        events.publishEvent(new RolesChanged(account.name()));
    }

    /** Another name or document, which an officer has confirmed; whoever signs in with the document's number does so with the new one. */
    @Transactional
    public void correct(String name, String displayName, String personKey, String documentNumber) {
        write(
                        "update accounts set sealed_display_name = ?, person_key = ?, login_mark = case when login_mark is null then null else ? end where name = ?")
                .params(vault.seal(DISPLAY_NAME, displayName, name), personKey, loginMark(documentNumber), name)
                .update();
    }

    /** Nobody signs in with it any more, and nothing in it tells whose it was; its name stays, which tells nothing and which cases of before go by. */
    @Transactional
    public void close(String name) {
        for (String table : List.of(
                "recovery_codes",
                "second_factors",
                "passkeys",
                "issuer_identities",
                "sign_in_places",
                "contact_codes",
                "name_corrections",
                "letters",
                "password_links",
                "relatives",
                "clerk_proposals"))
            write("delete from " + table + " where account = ?").param(name).update();
        write("""
                update accounts set sealed_display_name = ?, password = ?, login_mark = null, person_key = null, sealed_email = null, email_confirmed_at = null,
                phone_confirmed_at = null, email_refused_at = null, locked = true where name = ?""").params(vault.seal(DISPLAY_NAME, "-", name), nobodys, name).update();
        events.publishEvent(new RolesChanged(name));
    }

    /** Whoever is signed in shows once more that it is he, before what can't be undone or tells all: by password. @throws Problem INVALID on {@code proof}, TOO_MANY */
    public void mustBeHolder(String name, String proof) {
        attempts.take("password", name);
        if (signIn(name, proof).isEmpty()) throw Problem.invalid("proof", "applicant.PASSWORD_WRONG");
    }

    @Transactional
    void changePassword(String name, String password) {
        write("update accounts set password = ?, password_given = false where name = ?")
                .params(passwords.encode(Passwords.typed(password)), name)
                .update();
        events.publishEvent(new RolesChanged(name));
    }

    /** A name for somebody who registers himself; it tells nothing of him. */
    String freshName() {
        while (true) {
            String name = "p" + (100_000_000 + random.nextInt(900_000_000));
            if (look(name).isEmpty()) return name;
        }
    }

    /** Whoever gives them, and by whichever account: what excludes each other is not held by one person. */
    private void writeRoles(Account account) {
        Set<Role> ofThePerson = new LinkedHashSet<>(account.roles());
        if (account.personKey() != null && Staff.isStaff(account))
            for (Account other : list("where person_key = ? and name <> ?", account.personKey(), account.name()))
                ofThePerson.addAll(other.roles());
        apart.mistake(ofThePerson).ifPresent(mistake -> {
            throw Problem.invalid(List.of(mistake));
        });
        account.roles().forEach(apart::know);
        for (Role role : account.roles())
            write("insert into account_roles (account, role) values (?, ?)")
                    .params(account.name(), role.code())
                    .update();
    }

    private JdbcClient.StatementSpec write(String sql) {
        changed();
        return jdbc.sql(sql);
    }

    /** To be called where a row is changed elsewhere. */
    public void changed() {
        rows.forget();
    }

    /** The roles are asked for once the rows are read: a question within them would take a second connection, for which others may wait who hold one. */
    private List<Account> list(String which, Object... params) {
        return jdbc
                .sql(
                        "select name, sealed_display_name, person_key, employer_code, sealed_email, fields, locked from accounts "
                                + which)
                .params(params)
                .query((row, i) -> new Account(
                        row.getString(1),
                        vault.look(DISPLAY_NAME, Sealed.always(row, DISPLAY_NAME.column()), row.getString(1))
                                .orElse(row.getString(1)),
                        Set.of(),
                        row.getString(3),
                        row.getString(4),
                        email(row),
                        row.getString(6).isEmpty()
                                ? List.of()
                                : List.of(row.getString(6).split(",")),
                        row.getBoolean(7)))
                .list()
                .stream()
                .map(account -> account.with(roles(account.name()), account.employerCode()))
                .toList();
    }

    /** Of a name or an address that was exchanged something else is taken: whoever it belongs to still signs in, and nothing is mailed to another. */
    @Nullable
    public String email(ResultSet row) throws SQLException {
        Sealed sealed = Sealed.in(row, ACCOUNT_EMAIL.column());
        return sealed == null
                ? null
                : vault.look(ACCOUNT_EMAIL, sealed, row.getString("name")).orElse("");
    }

    private Set<Role> roles(String name) {
        return jdbc
                .sql(
                        "select r.role, s.rights from account_roles r left join staff_roles s on s.role = r.role where r.account = ? order by r.role")
                .param(name)
                .query((row, i) -> RolesApart.role(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
