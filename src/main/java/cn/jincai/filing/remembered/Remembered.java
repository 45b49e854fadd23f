package cn.jincai.filing.remembered;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Person;
import cn.jincai.applicant.Persons;
import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFacts;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.Identity;
import cn.jincai.filing.KnownFact;
import cn.jincai.filing.completeness.Completeness;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormCheck;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an applicant need not tell again. Nothing is kept for it: it is read from his account and from what he has handed in, where it lies sealed. A form says of each field for
 * how many days an answer is good ({@code remembered}). The answers of a section come from one application, so that no employer has another one's code; what a source
 * said about it since counts before his own word.
 */
@Service
@Transactional(readOnly = true)
public class Remembered {
    private static final int LOOKED_AT = 10;

    private final Accounts accounts;
    private final Persons persons;
    private final Identity identity;
    private final CaseFile cases;
    private final CaseFacts facts;
    private final Completeness completeness;
    private final FormCheck check;
    private final Forgotten forgotten;
    private final JdbcClient db;
    private final CityClock clock;
    private final ObjectMapper json;

    Remembered(
            Accounts accounts,
            Persons persons,
            Identity identity,
            CaseFile cases,
            CaseFacts facts,
            Completeness completeness,
            FormCheck check,
            Forgotten forgotten,
            JdbcClient db,
            CityClock clock,
            ObjectMapper json) {
        this.accounts = accounts;
        this.persons = persons;
        this.identity = identity;
        this.cases = cases;
        this.facts = facts;
        this.completeness = completeness;
        this.check = check;
        this.forgotten = forgotten;
        this.db = db;
        this.clock = clock;
        this.json = json;
    }

    /** Whether it is known whose the account is: then nobody has to say for whom he applies. */
    public boolean isOnesOwn(Actor who, PolicyPackage pack) {
        return pack.catalogue().applying().employer()
                || accounts.find(who.account()).personKey() != null;
    }

    /** What an application for this scheme begins with, in the order of its form. Never of anybody but the applicant: of an employer's application nothing of its clerk's own. */
    public List<Known> of(Actor who, PolicyPackage pack) {
        boolean employer = pack.catalogue().applying().employer();
        return of(who, pack, earlier(who, employer));
    }

    private List<Known> of(Actor who, PolicyPackage pack, List<Earlier> earlier) {
        Form form = completeness.form(pack);
        Map<String, Known> known = new HashMap<>();
        for (Earlier one : earlier) handedIn(form, one, who.account(), known);
        if (!pack.catalogue().applying().employer()) account(form, accounts.find(who.account()), known);
        taken(form, known);
        return right(form, known);
    }

    /** What would be filled in with any of these schemes that a person applies for himself, each answer once, by the form that shows it. */
    public Map<Form.Field, Known> all(Actor who, List<PolicyPackage> packs) {
        List<Earlier> earlier = earlier(who, false);
        Map<String, Form.Field> fields = new LinkedHashMap<>();
        Map<Form.Field, Known> all = new LinkedHashMap<>();
        for (PolicyPackage pack : packs) {
            if (pack.catalogue().applying().employer()) continue;
            for (Known one : of(who, pack, earlier)) {
                Form.Field field = completeness.form(pack).field(one.key()).orElseThrow();
                if (fields.putIfAbsent(one.key(), field) == null) all.put(field, one);
            }
        }
        return all;
    }

    /** Cases of the same person, newest first. */
    private List<Earlier> earlier(Actor who, boolean employer) {
        Account account = accounts.find(who.account());
        String person = employer
                ? persons.key(Persons.CREDIT_CODE, identity.employerOf(who).code())
                : account.personKey();
        if (person == null) person = lastPerson(who.account()).orElse("");
        Set<String> keys = Set.copyOf(persons.documents(person));
        return db
                .sql(
                        "select case_number from cases where applicant = :account and of_employer = :employer and person_key in (:keys) and submitted_at is not null"
                                + " and erased_at is null order by submitted_at desc, case_number desc limit "
                                + LOOKED_AT)
                .param("account", who.account())
                .param("employer", employer)
                .param("keys", keys)
                .query(String.class)
                .list()
                .stream()
                .map(number -> cases.get(new CaseNumber(number)))
                .map(this::earlier)
                .toList();
    }

    /** Of an account with nobody's document, as those of the demo: for whom it applied last. */
    private Optional<String> lastPerson(String account) {
        return db.sql(
                        "select person_key from cases where applicant = ? and not of_employer and submitted_at is not null"
                                + " and erased_at is null order by submitted_at desc, case_number desc limit 1")
                .param(account)
                .query(String.class)
                .optional();
    }

    private record Earlier(Case file, LocalDate day, Map<String, KnownFact> checked) {}

    private Earlier earlier(Case file) {
        Map<String, KnownFact> checked = new HashMap<>();
        for (KnownFact fact : facts.sheet(file))
            if (fact.value() != null && !CaseFacts.APPLICANT.equals(fact.source())) checked.put(fact.name(), fact);
        LocalDate day =
                file.submittedAt() == null ? clock.today() : LocalDate.ofInstant(file.submittedAt(), CityClock.ZONE);
        return new Earlier(file, day, checked);
    }

    private void handedIn(Form form, Earlier one, String account, Map<String, Known> known) {
        for (Form.Group section : form.sections()) {
            List<Form.Field> asked = Form.fields(section.parts()).stream()
                    .filter(f -> f.rememberedDays() > 0)
                    .toList();
            if (asked.stream().anyMatch(f -> known.containsKey(f.key()))) continue; // a newer application told it
            for (Form.Field field : asked)
                if (isGood(field, one, account)) answer(field, one).ifPresent(answer -> known.put(field.key(), answer));
        }
    }

    private boolean isGood(Form.Field field, Earlier one, String account) {
        return !one.day.plusDays(field.rememberedDays()).isBefore(clock.today())
                && !forgotten.isForgotten(account, field.key(), one.file.submittedAt());
    }

    private Optional<Known> answer(Form.Field field, Earlier one) {
        JsonNode told = one.file.answers().get(field.key());
        if (told == null || told.isNull()) return Optional.empty();
        KnownFact checked = one.checked.get(field.key());
        if (checked == null || CaseFacts.OFFICER.equals(checked.source()))
            return Optional.of(new Known(
                    field.key(),
                    checked == null ? told : json.valueToTree(checked.value()),
                    new Origin(Origin.Kind.CASE, one.file.number().value(), one.day)));
        return Optional.of(new Known(
                field.key(),
                json.valueToTree(checked.value()),
                new Origin(Origin.Kind.SOURCE, checked.source(), checked.asOf() == null ? one.day : checked.asOf())));
    }

    /** The account's own person comes before what was written in a form. */
    private void account(Form form, Account account, Map<String, Known> known) {
        if (account.personKey() == null) return;
        Person person = persons.find(account.personKey());
        Map<String, @Nullable String> told = new LinkedHashMap<>();
        told.put("name", person.name());
        told.put("documentType", person.documentType());
        told.put("documentNumber", person.documentNumber());
        told.put("phone", person.phone());
        told.put("email", person.email() == null ? account.email() : person.email());
        form.fields().stream()
                .flatMap(f -> Stream.ofNullable(f.properties().get("birthDate")))
                .forEach(key -> told.put(
                        key,
                        person.birthDate() == null ? null : person.birthDate().toString()));
        told.forEach((key, value) -> {
            if (value != null
                    && form.field(key).filter(f -> f.rememberedDays() > 0).isPresent())
                known.put(
                        key,
                        new Known(
                                key,
                                json.getNodeFactory().textNode(value),
                                new Origin(Origin.Kind.ACCOUNT, null, clock.today())));
        });
    }

    /** Fields that take another's answer, as the holder of an account the applicant's name. */
    private static void taken(Form form, Map<String, Known> known) {
        for (Form.Field field : form.fields()) {
            Known other = known.get(field.properties().getOrDefault("takes", ""));
            if (other != null) known.putIfAbsent(field.key(), new Known(field.key(), other.value(), other.origin()));
        }
    }

    /** What the form would refuse, or not ask, is left out. */
    private List<Known> right(Form form, Map<String, Known> known) {
        ObjectNode answers = json.createObjectNode();
        known.values().forEach(k -> answers.set(k.key(), k.value()));
        Map<String, Object> values = completeness.values(answers);
        List<String> wrong =
                check.checkDraft(form, values).stream().map(m -> m.field()).toList();
        List<Known> right = new ArrayList<>();
        for (Form.Field field : form.shown(values)) {
            Known one = known.get(field.key());
            if (one != null && !wrong.contains(field.key())) right.add(one);
        }
        return right;
    }
}
