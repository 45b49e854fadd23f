package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whose cases an officer keeps out of (公务员法 76: near relatives and others whose interest may touch the duty). He declares the document; only its
 * fingerprint is kept, so nobody can read here who is related to whom.
 */
@Service
public class Relatives {
    private final JdbcClient jdbc;
    private final Persons persons;
    private final Accounts accounts;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    Relatives(JdbcClient jdbc, Persons persons, Accounts accounts, CityClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.persons = persons;
        this.accounts = accounts;
        this.clock = clock;
        this.events = events;
    }

    /** Declares that the holder of this document is close to the officer; once declared it stays. */
    @Transactional
    public void declare(Actor officer, String documentType, String documentNumber) {
        String key = persons.key(documentType, documentNumber);
        if (told(officer.account(), Set.of(key))) return;
        jdbc.sql("insert into relatives (account, person_key, told_at) values (?, ?, ?)")
                .params(officer.account(), key, clock.timestamp())
                .update();
        events.publishEvent(CaseEvent.forAuditors(
                "applicant.event.relative-told",
                officer,
                officer.roles().stream().findFirst().orElse(Role.REVIEWER),
                Map.of()));
    }

    /** How many an officer has declared. */
    public long count(String account) {
        return jdbc.sql("select count(*) from relatives where account = ?")
                .param(account)
                .query(Long.class)
                .single();
    }

    /** Whether this account must keep out of a case of this person: a relative, or the person himself. */
    public boolean concerns(String account, String personKey) {
        return isHimself(account, personKey) || told(account, persons.documents(personKey));
    }

    /** Whether the person is the account's, whatever document each names. */
    public boolean isHimself(String account, @Nullable String personKey) {
        String own = accounts.find(account).personKey();
        return personKey != null && own != null && persons.isSame(personKey, own);
    }

    /** Keys of all whose cases this account must keep out of: himself and the relatives he declared, under each of their documents. */
    public Set<String> keptFrom(String account) {
        Set<String> keys = new HashSet<>(jdbc.sql("select person_key from relatives where account = ?")
                .param(account)
                .query(String.class)
                .list());
        Optional.ofNullable(accounts.find(account).personKey()).ifPresent(keys::add);
        return keys.stream().flatMap(key -> persons.documents(key).stream()).collect(Collectors.toSet());
    }

    private boolean told(String account, Set<String> documents) {
        return jdbc.sql("select count(*) > 0 from relatives where account = :account and person_key in (:keys)")
                .param("account", account)
                .param("keys", documents)
                .query(Boolean.class)
                .single();
    }
}
