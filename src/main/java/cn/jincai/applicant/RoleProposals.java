package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Roles of audit, money, policy and administration: one administrator proposes whom to give them, another confirms. Both stand on record. */
@Service
public class RoleProposals {
    private final RolesApart apart;
    private final Accounts accounts;
    private final Standings standings;
    private final JdbcClient jdbc;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    RoleProposals(
            RolesApart apart,
            Accounts accounts,
            Standings standings,
            JdbcClient jdbc,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.apart = apart;
        this.accounts = accounts;
        this.standings = standings;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** @param by who proposed it; null where an issuer's claims ask for it, which is nobody's word */
    public record Proposal(
            String account, Role role, @Nullable String by, Instant at) {}

    /** All that wait for another administrator, in order of account. */
    public List<Proposal> open() {
        return jdbc.sql(
                        "select p.account, p.proposed_role, p.proposed_by, p.proposed_at, s.rights from role_proposals p join staff_roles s on s.role = p.proposed_role order by p.account, p.proposed_role")
                .query((row, i) -> new Proposal(
                        row.getString(1),
                        RolesApart.role(row.getString(2), row.getString("rights")),
                        row.getString(3),
                        Instants.always(row, "proposed_at")))
                .list();
    }

    /** What this account was proposed for and has not been confirmed in. */
    public Set<Role> of(String account) {
        return open().stream()
                .filter(p -> p.account.equals(account))
                .map(Proposal::role)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which roles one person never holds together with which others; of two it stands with the first. */
    public Map<Role, List<Role>> exclusions() {
        return apart.pairs().stream()
                .collect(Collectors.groupingBy(
                        RolesApart.Pair::one,
                        LinkedHashMap::new,
                        Collectors.mapping(RolesApart.Pair::other, Collectors.toList())));
    }

    /** Who holds roles together that exclude each other: from before they did, or by another hand. In order of account. */
    public List<Actor> heldTogether() {
        return accounts.everybody().stream()
                .filter(somebody -> apart.mistake(somebody.roles()).isPresent())
                .toList();
    }

    /** Of what somebody is to be, what he is at once: all but the roles that are given by two and that he does not hold yet. */
    Set<Role> atOnce(Set<Role> wanted, Set<Role> held) {
        Set<Role> byTwo = apart.byTwo(wanted);
        return wanted.stream()
                .filter(role -> held.contains(role) || !byTwo.contains(role))
                .collect(Collectors.toSet());
    }

    /** The rest is proposed; what was proposed before and is not wanted any more is taken back. */
    void propose(String account, Set<Role> roles, Actor by) {
        Set<Role> before = of(account);
        for (Role role : before)
            if (!roles.contains(role)) {
                remove(account, role);
                tell("applicant.event.role-withdrawn", account, role, by, by.account());
            }
        for (Role role : roles)
            if (!before.contains(role)) {
                insert(account, role, by.account());
                tell("applicant.event.role-proposed", account, role, by, by.account());
            }
    }

    /** What an issuer's claims ask for waits for an administrator to propose it; what they asked for before and don't any more is taken back. */
    void ask(String account, Set<Role> roles) {
        for (Proposal asked : open())
            if (asked.by == null && asked.account.equals(account) && !roles.contains(asked.role)) {
                remove(account, asked.role);
                tell("applicant.event.role-withdrawn", account, asked.role, Actor.SYSTEM, "");
            }
        Set<Role> before = of(account);
        for (Role role : roles)
            if (!before.contains(role)) {
                insert(account, role, null);
                tell("applicant.event.role-asked", account, role, Actor.SYSTEM, "");
            }
    }

    /**
     * A role that a claim asks for becomes his proposal, which another confirms.
     *
     * @return whether the account holds the role now
     * @throws Problem NOT_FOUND where nothing is proposed, FORBIDDEN for whoever proposed it or acts for him, INVALID where it excludes what the person holds by now
     */
    @Transactional
    public boolean confirm(String account, Role role, Actor by) {
        by.mustBe(Role.ADMIN);
        Proposal proposal = find(account, role);
        if (by.account().equals(proposal.by) || account.equals(by.account()))
            throw Problem.forbidden("applicant.SECOND_ADMINISTRATOR");
        if (proposal.by == null) {
            remove(account, role);
            insert(account, proposal.role, by.account());
            tell("applicant.event.role-proposed", account, role, by, by.account());
            return false;
        }
        if (standings.hadInHand(proposal.by, by.account()) || standings.hadInHand(by.account(), proposal.by))
            throw Problem.forbidden("applicant.SAME_HANDS", Passwords.DAYS_GIVEN);
        remove(account, role);
        Account holder = accounts.find(account);
        Set<Role> roles = new TreeSet<>(holder.roles());
        roles.add(proposal.role);
        accounts.change(holder.with(roles, holder.employerCode()));
        tell("applicant.event.role-confirmed", account, role, by, proposal.by);
        return true;
    }

    /** By any administrator, who proposed it too. */
    @Transactional
    public void decline(String account, Role role, Actor by) {
        by.mustBe(Role.ADMIN);
        Proposal proposal = find(account, role);
        remove(account, role);
        tell("applicant.event.role-declined", account, role, by, Objects.requireNonNullElse(proposal.by, ""));
    }

    private Proposal find(String account, Role role) {
        return open().stream()
                .filter(p -> p.account.equals(account) && p.role.equals(role))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private void insert(String account, Role role, @Nullable String by) {
        apart.know(role);
        jdbc.sql("insert into role_proposals (account, proposed_role, proposed_by, proposed_at) values (?, ?, ?, ?)")
                .params(Arrays.asList(account, role.code(), by, clock.timestamp()))
                .update();
    }

    private void remove(String account, Role role) {
        if (jdbc.sql("delete from role_proposals where account = ? and proposed_role = ?")
                        .params(account, role.code())
                        .update()
                == 0) throw Problem.notFound();
    }

    private void tell(String key, String account, Role role, Actor by, String proposedBy) {
        events.publishEvent(CaseEvent.forAuditors(
                key, by, Role.ADMIN, Map.of("account", account, "roles", role.code(), "proposedBy", proposedBy)));
    }
}
