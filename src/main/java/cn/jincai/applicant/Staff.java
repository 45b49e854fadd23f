package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Staff and their roles, kept by {@code admin}. Every change is on record and ends the sessions of whom it concerns. */
@Service
public class Staff {
    /** What staff can be; the others belong to people from outside. */
    public static final Set<Role> ROLES = Stream.of(Role.values())
            .filter(role -> role != Role.APPLICANT && role != Role.EMPLOYER)
            .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private final Accounts accounts;
    private final Standings standings;
    private final Persons persons;
    private final RolesApart apart;
    private final RoleProposals proposals;
    private final SecondFactors factors;
    private final Attempts attempts;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final SecureRandom random = new SecureRandom();

    Staff(
            Accounts accounts,
            Standings standings,
            Persons persons,
            RolesApart apart,
            RoleProposals proposals,
            SecondFactors factors,
            Attempts attempts,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.standings = standings;
        this.persons = persons;
        this.apart = apart;
        this.proposals = proposals;
        this.factors = factors;
        this.attempts = attempts;
        this.clock = clock;
        this.events = events;
    }

    /** What is filled in. Email, fields and the document may be blank; the document keeps its holder out of his own cases. A program of the city signs in at the API alone; what an account is in this stays. */
    public record Filled(
            String name,
            String displayName,
            Set<Role> roles,
            String email,
            String fields,
            String documentType,
            String documentNumber,
            boolean program) {
        public Filled(
                String name,
                String displayName,
                Set<Role> roles,
                String email,
                String fields,
                String documentType,
                String documentNumber) {
            this(name, displayName, roles, email, fields, documentType, documentNumber, false);
        }
    }

    /** In order of name. */
    public List<Account> all() {
        return accounts.staff();
    }

    /** @throws Problem NOT_FOUND also for accounts that are no staff */
    public Account find(String name) {
        Account account = accounts.find(name);
        if (!isStaff(account)) throw Problem.notFound();
        return account;
    }

    /**
     * Roles that two give wait for another administrator, see {@link RoleProposals}.
     *
     * @return the first password, told once and kept nowhere; nothing can be done with it but change it
     */
    @Transactional
    public String make(Filled filled, Actor by) {
        by.mustBe(Role.ADMIN);
        List<Mistake> mistakes = new ArrayList<>();
        checkName(filled.name(), accounts).ifPresent(mistakes::add);
        check(filled, mistakes);
        boolean document =
                filled.documentNumber() != null && !filled.documentNumber().isBlank();
        if (document)
            Registration.documentMistake(filled.documentType(), filled.documentNumber(), clock.today())
                    .ifPresent(mistakes::add);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        String password = fresh(), key = document ? person(filled) : null;
        if (key != null && key.equals(accounts.find(by.account()).personKey()))
            throw Problem.invalid("documentNumber", "applicant.documentNumber.OWN");
        Set<Role> roles = proposals.atOnce(filled.roles(), Set.of());
        standings.make(
                new Account(
                        filled.name(),
                        Spelling.ofName(filled.displayName()),
                        roles,
                        key,
                        null,
                        blankToNull(Contact.email(filled.email())),
                        fields(filled.fields()),
                        false),
                password,
                by);
        if (filled.program()) standings.isAProgram(filled.name());
        tell("applicant.event.staff-made", by, filled.name(), roles);
        proposals.propose(filled.name(), without(filled.roles(), roles), by);
        return password;
    }

    /** Roles that two give, and that the account does not hold yet, wait for another administrator. @throws Problem INVALID, CONFLICT where somebody would take the administrator's role from himself or lock himself out */
    @Transactional
    public void change(Filled filled, boolean locked, Actor by) {
        by.mustBe(Role.ADMIN);
        Account before = find(filled.name());
        List<Mistake> mistakes = new ArrayList<>();
        check(filled, mistakes);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        boolean himself = by.account().equals(filled.name());
        if (himself && (locked || !filled.roles().contains(Role.ADMIN)))
            throw Problem.conflict("applicant.OWN_ADMIN_ROLE");
        Set<Role> roles = proposals.atOnce(filled.roles(), before.roles());
        accounts.change(new Account(
                before.name(),
                Spelling.ofName(filled.displayName()),
                roles,
                before.personKey(),
                before.employerCode(),
                blankToNull(Contact.email(filled.email())),
                fields(filled.fields()),
                locked));
        tell(locked ? "applicant.event.staff-locked" : "applicant.event.staff-changed", by, filled.name(), roles);
        proposals.propose(filled.name(), without(filled.roles(), roles), by);
    }

    private static Set<Role> without(Set<Role> roles, Set<Role> those) {
        return roles.stream().filter(role -> !those.contains(role)).collect(Collectors.toSet());
    }

    /** Of staff, and of people who come to the counter with their document. @return the new password, shown once; it is changed at the next sign-in */
    @Transactional
    public String resetPassword(String name, Actor by) {
        boolean staff = isStaff(name);
        if (!by.is(Role.ADMIN) && (staff || !by.is(Role.INTAKE))) throw Problem.forbidden("applicant.reset.ROLE");
        if (!staff) factors.take(name, by);
        else if (standings.tookFactor(by.account(), name))
            throw Problem.conflict("applicant.BOTH_FACTORS", Passwords.DAYS_GIVEN);
        String password = fresh();
        standings.give(name, password, by);
        if (!staff) events.publishEvent(new AccountTold(name, Text.of("applicant.reset.told")));
        tell("applicant.event.password-reset", by, name, Set.of());
        return password;
    }

    /** Of staff who have lost telephone and paper, by an administrator who has not made their password too: he could sign in as them. Of others the counter takes it when it resets the password, with the document before it. */
    @Transactional
    public void takeSecondFactor(String name, Actor by) {
        by.mustBe(Role.ADMIN);
        if (standings.gavePassword(by.account(), find(name).name()))
            throw Problem.conflict("applicant.BOTH_FACTORS", Passwords.DAYS_GIVEN);
        factors.take(name, by);
    }

    /** One's own. @throws Problem INVALID, TOO_MANY */
    @Transactional
    public void changeOwnPassword(String old, String fresh, Actor by) {
        attempts.take("password", by.account());
        Account account = accounts.find(by.account());
        if (accounts.signIn(account.name(), old == null ? "" : old).isEmpty())
            throw Problem.invalid("old", "applicant.PASSWORD_WRONG");
        Passwords.check(fresh, account.name(), account.displayName(), old).ifPresent(mistake -> {
            throw Problem.invalid(List.of(mistake));
        });
        accounts.changePassword(account.name(), fresh);
        tell("applicant.event.password-changed", by, account.name(), Set.of());
    }

    static Optional<Mistake> checkName(String name, Accounts accounts) {
        if (name == null
                || !name.matches("[a-z][a-z0-9-]{2,30}")
                || name.matches("p\\d+")
                || name.equals(Actor.SYSTEM.account()))
            return Optional.of(Mistake.of("name", "applicant.ACCOUNT_NAME"));
        return accounts.look(name).map(taken -> Mistake.of("name", "applicant.ACCOUNT_TAKEN"));
    }

    private void check(Filled filled, List<Mistake> mistakes) {
        if (filled.displayName() == null || filled.displayName().isBlank())
            mistakes.add(Mistake.of("displayName", "applicant.displayName.REQUIRED"));
        else Spelling.mistakeInName("displayName", filled.displayName()).ifPresent(mistakes::add);
        if (filled.email() != null && !filled.email().isBlank() && !Contact.isEmail(filled.email()))
            mistakes.add(Mistake.of("email", "applicant.EMAIL"));
        apart.mistake(filled.roles()).ifPresent(mistakes::add);
        if (filled.roles().isEmpty()
                || !filled.roles().stream().map(Role::rights).allMatch(ROLES::contains))
            mistakes.add(Mistake.of("roles", "applicant.roles.REQUIRED"));
    }

    private String fresh() {
        return random.ints(16, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
    }

    /** Whoever is on record already, as an applicant too, stays as he is: here only the document is known. */
    private String person(Filled filled) {
        String key = persons.key(filled.documentType(), filled.documentNumber());
        return persons.lock(key)
                ? key
                : persons.keep(filled.documentType(), filled.documentNumber(), filled.displayName(), null, null, null);
    }

    /** Whether an administrator alone gives this account a new password. @throws Problem NOT_FOUND */
    public boolean isStaff(String name) {
        return isStaff(accounts.find(name));
    }

    /** Also where all his roles are yet to be confirmed, or were taken. */
    static boolean isStaff(Account account) {
        return account.roles().isEmpty()
                || account.roles().stream().map(Role::rights).anyMatch(ROLES::contains);
    }

    private static List<String> fields(String text) {
        return text == null
                ? List.of()
                : List.of(text.split("[,，、]")).stream()
                        .map(String::strip)
                        .filter(f -> !f.isEmpty())
                        .distinct()
                        .toList();
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private void tell(String key, Actor by, String account, Set<Role> roles) {
        events.publishEvent(CaseEvent.forAuditors(
                key,
                by,
                by.roles().stream().findFirst().orElse(null),
                Map.of(
                        "account",
                        account,
                        "roles",
                        roles.stream().map(Role::code).sorted().collect(Collectors.joining(" ")))));
    }
}
