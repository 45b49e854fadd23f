package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Towns and streets 镇街 among which the city divides its work: where each employer is, and for which an officer works. Without any nothing is divided, and whoever
 * works for none sees all.
 */
@Service
public class Districts {
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;

    Districts(JdbcClient jdbc, Accounts accounts, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.events = events;
    }

    public record District(String code, String zh, String en) {
        public Text name() {
            return new Text(zh, en);
        }
    }

    /** Who, an employer's code or an officer's account, and where. */
    public record Place(String who, String district) {}

    public List<District> all() {
        return jdbc.sql("select code, zh, en from districts order by code")
                .query(District.class)
                .list();
    }

    public List<Place> employers() {
        return jdbc.sql(
                        "select employer_code as who, district from employer_districts order by district, employer_code")
                .query(Place.class)
                .list();
    }

    public List<Place> officers() {
        return jdbc.sql("select account as who, district from account_districts order by account, district")
                .query(Place.class)
                .list();
    }

    /** @throws Problem FORBIDDEN for whom is no administrator; INVALID with every mistake */
    @Transactional
    public void enter(Actor by, String code, String zh, String en) {
        by.mustBe(Role.ADMIN);
        List<Mistake> mistakes = new ArrayList<>();
        if (!code.strip().matches("[a-z0-9-]{1,40}")) mistakes.add(Mistake.of("code", "applicant.district.CODE"));
        else if (isKnown(code.strip())) mistakes.add(Mistake.of("code", "applicant.district.KNOWN"));
        if (zh.isBlank() || zh.strip().length() > 40) mistakes.add(Mistake.of("zh", "applicant.district.NAME"));
        if (en.isBlank() || en.strip().length() > 40) mistakes.add(Mistake.of("en", "applicant.district.NAME"));
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        jdbc.sql("insert into districts (code, zh, en) values (?, ?, ?)")
                .params(code.strip(), zh.strip(), en.strip())
                .update();
        tell("applicant.event.district-entered", by, Map.of("district", code.strip()));
    }

    /** An employer is in one district. @throws Problem FORBIDDEN, INVALID */
    @Transactional
    public void place(Actor by, String employerCode, String district) {
        by.mustBe(Role.ADMIN);
        String code = Spelling.ofCode(employerCode);
        CreditCode.check("employerCode", code).ifPresent(mistake -> {
            throw Problem.invalid(List.of(mistake));
        });
        mustBeKnown(district);
        leave(by, code);
        jdbc.sql("insert into employer_districts (employer_code, district) values (?, ?)")
                .params(code, district)
                .update();
        tell("applicant.event.employer-placed", by, Map.of("employer", code, "district", district));
    }

    /** The employer is in none any more, so only officers who work for none see its cases. */
    @Transactional
    public void leave(Actor by, String employerCode) {
        by.mustBe(Role.ADMIN);
        int left = jdbc.sql("delete from employer_districts where employer_code = ?")
                .param(employerCode)
                .update();
        if (left > 0) tell("applicant.event.employer-left-district", by, Map.of("employer", employerCode));
    }

    /** An officer may work for several. @throws Problem FORBIDDEN, INVALID */
    @Transactional
    public void assign(Actor by, String account, String district) {
        by.mustBe(Role.ADMIN);
        String officer = accounts.look(account.strip())
                .filter(Staff::isStaff)
                .map(Account::name)
                .orElseThrow(() -> Problem.invalid("account", "applicant.UNKNOWN_ACCOUNT"));
        mustBeKnown(district);
        if (officers().contains(new Place(officer, district))) return;
        jdbc.sql("insert into account_districts (account, district) values (?, ?)")
                .params(officer, district)
                .update();
        tell("applicant.event.officer-assigned", by, Map.of("account", officer, "district", district));
    }

    /** Whoever is left without any sees all again. */
    @Transactional
    public void unassign(Actor by, String account, String district) {
        by.mustBe(Role.ADMIN);
        int left = jdbc.sql("delete from account_districts where account = ? and district = ?")
                .params(account, district)
                .update();
        if (left > 0) tell("applicant.event.officer-unassigned", by, Map.of("account", account, "district", district));
    }

    private void mustBeKnown(String district) {
        if (!isKnown(district)) throw Problem.invalid("district", "applicant.district.UNKNOWN");
    }

    private boolean isKnown(String code) {
        return all().stream().anyMatch(d -> d.code().equals(code));
    }

    private void tell(String key, Actor by, Map<String, String> details) {
        events.publishEvent(CaseEvent.forAuditors(key, by, Role.ADMIN, details));
    }
}
