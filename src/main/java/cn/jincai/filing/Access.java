package cn.jincai.filing;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.EmployerChanges;
import cn.jincai.filing.mandates.Mandates;
import cn.jincai.filing.sight.FileSettings;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may look at a case: its applicant, its employer's clerks (their own part), officers with a part in it and auditors. For everybody else
 * it does not exist.
 */
@Component
class Access {
    private final JdbcClient db;
    private final Accounts accounts;
    private final EmployerChanges changes;
    private final Ties ties;
    private final Mandates mandates;
    private final FileSettings settings;
    private final CityClock clock;

    Access(
            JdbcClient db,
            Accounts accounts,
            EmployerChanges changes,
            Ties ties,
            Mandates mandates,
            FileSettings settings,
            CityClock clock) {
        this.db = db;
        this.accounts = accounts;
        this.changes = changes;
        this.ties = ties;
        this.mandates = mandates;
        this.settings = settings;
        this.clock = clock;
    }

    /** From now on the role, or the one account, has a part in the case; one that has ended comes back. */
    void give(CaseNumber number, Role role) {
        give(number, role.code());
    }

    void give(CaseNumber number, String account) {
        if (db.sql("update case_parts set ends_at = null where case_number = ? and part = ?")
                        .params(number.value(), account)
                        .update()
                > 0) return;
        db.sql("insert into case_parts (case_number, part) values (?, ?)")
                .params(number.value(), account)
                .update();
    }

    /** A part ends now, with nothing of the days that an officer has after his step. */
    void take(CaseNumber number, String part) {
        db.sql("update case_parts set ends_at = ? where case_number = ? and part = ?")
                .params(clock.timestamp(), number.value(), part)
                .update();
    }

    /** The role has a part until {@link #letGo}, whatever steps follow. */
    void hold(CaseNumber number, Role role) {
        give(number, role);
        db.sql("update case_parts set held = true where case_number = ? and part = ?")
                .params(number.value(), role.code())
                .update();
    }

    /** What was held ends some days from now. */
    void letGo(CaseNumber number) {
        db.sql("update case_parts set held = false, ends_at = ? where case_number = ? and held")
                .params(partsEnd(), number.value())
                .update();
    }

    /** The parts of all others end some days from now, but for the employer's, who sees his own part alone, and those of roles that keep theirs. */
    void endAllBut(CaseNumber number, Set<Role> roles) {
        Set<String> stay = new HashSet<>(Set.of(Role.EMPLOYER.code()));
        roles.forEach(role -> stay.add(role.code()));
        settings.partKeptBy().forEach(role -> stay.add(role.code()));
        String seats = roles.contains(Role.EXPERT) ? " and part not like '@%'" : ""; // of a panel that still sits
        db.sql(
                        "update case_parts set ends_at = :end where case_number = :number and ends_at is null and not held and part not in (:stay)"
                                + seats)
                .param("end", partsEnd())
                .param("number", number.value())
                .param("stay", stay)
                .update();
    }

    private OffsetDateTime partsEnd() {
        return clock.timestamp().plusDays(settings.partDays());
    }

    static String account(String name) {
        return "@" + name;
    }

    /** @param as the roles in which an officer reads */
    record Reading(Timeline.Reader reader, Set<Role> as) {
        private static Reading of(Timeline.Reader reader) {
            return new Reading(reader, Set.of());
        }
    }

    /** Whether he speaks for whoever applies: the applicant himself, whoever files for him by his mandate, or any clerk of an employer that does. */
    boolean isOwn(Actor who, Case file) {
        return file.ofEmployer()
                ? who.is(Role.EMPLOYER) && isClerkOf(who, file)
                : who.account().equals(file.applicant())
                        || who.is(Role.INTAKE) && mandates.isHeld(who.account(), file.number());
    }

    /** @throws Problem NOT_FOUND for whom it does not concern, and for whom it concerns too closely */
    Reading reading(Actor who, Case file) {
        if (who.isSystem()) return Reading.of(Timeline.Reader.OFFICER);
        if (isOwn(who, file)) return Reading.of(Timeline.Reader.APPLICANT);
        if (file.isDraft()) throw Problem.notFound();
        List<String> parts = parts(file.number());
        Set<Role> as = new TreeSet<>();
        who.roles().stream()
                .filter(r -> r.equals(Role.AUDITOR)
                        || r != Role.EMPLOYER && r != Role.APPLICANT && parts.contains(r.code())
                        || r == Role.EXPERT && parts.contains(account(who.account())))
                .forEach(as::add);
        if (!as.isEmpty() && ties.shut(who.account(), Set.of(file.number())).isEmpty())
            return new Reading(Timeline.Reader.OFFICER, as);
        if (who.is(Role.EMPLOYER) && parts.contains(Role.EMPLOYER.code()) && isClerkOf(who, file))
            return Reading.of(Timeline.Reader.EMPLOYER);
        throw Problem.notFound();
    }

    private boolean isClerkOf(Actor who, Case file) {
        Account account = accounts.find(who.account());
        return changes.isSame(file.employerCode(), account.employerCode());
    }

    /** The cases that the person may list, as a clause over the table of cases with its values. */
    CaseFile.Clause listable(Actor who) {
        List<Object> values = new ArrayList<>(List.of(who.account()));
        String own = "applicant = ? and not of_employer", ofEmployer = "", ofOffice = ofOffice(who, values);
        if (who.is(Role.EMPLOYER)) {
            Set<String> codes =
                    changes.codes(String.valueOf(accounts.find(who.account()).employerCode()));
            ofEmployer = " or (employer_code in (" + String.join(", ", Collections.nCopies(codes.size(), "?"))
                    + ") and (of_employer or exists (select 1 from case_parts p where p.case_number = cases.case_number and p.part = 'employer')))";
            values.addAll(codes);
        }
        return new CaseFile.Clause("((" + own + ")" + ofOffice + ofEmployer + ")", values);
    }

    private String ofOffice(Actor who, List<Object> values) {
        List<String> any = new ArrayList<>();
        if (who.is(Role.AUDITOR)) any.add("stage <> 'draft'");
        Stream.concat(
                        who.roles().stream()
                                .filter(role -> role != Role.APPLICANT && role != Role.EMPLOYER)
                                .map(Role::code),
                        who.is(Role.EXPERT) ? Stream.of(account(who.account())) : Stream.empty())
                .forEach(part -> {
                    any.add(
                            "(select count(*) from case_parts p where p.case_number = cases.case_number and p.part = ? and (p.ends_at is null or p.ends_at > ?)) > 0");
                    values.add(part);
                    values.add(clock.timestamp());
                });
        if (any.isEmpty()) return "";
        CaseFile.Clause open = ties.open(who.account());
        values.addAll(open.values());
        return " or ((" + String.join(" or ", any) + ") and " + open.sql() + ")";
    }

    /** Cases that are neither the officer's own nor shut to him, whatever parts he has, as a clause over the table of cases with its values. */
    CaseFile.Clause ofOthers(Actor who) {
        List<Object> values = new ArrayList<>(List.of(who.account()));
        String ofEmployer = "";
        if (who.is(Role.EMPLOYER)) {
            Set<String> codes =
                    changes.codes(String.valueOf(accounts.find(who.account()).employerCode()));
            ofEmployer = " and not (of_employer and employer_code in ("
                    + String.join(", ", Collections.nCopies(codes.size(), "?")) + "))";
            values.addAll(codes);
        }
        CaseFile.Clause open = ties.open(who.account());
        values.addAll(open.values());
        return new CaseFile.Clause(
                "not (applicant = ? and not of_employer)" + ofEmployer + " and " + open.sql(), values);
    }

    private List<String> parts(CaseNumber number) {
        return db.sql("select part from case_parts where case_number = ? and (ends_at is null or ends_at > ?)")
                .params(number.value(), clock.timestamp())
                .query(String.class)
                .list();
    }
}
