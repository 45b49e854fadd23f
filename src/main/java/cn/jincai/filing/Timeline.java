package cn.jincai.filing;

import cn.jincai.applicant.Employers;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.filing.messages.MessageWords;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseEvent.Audience;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Step.Kind;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The timeline of each case, written from the same events as the audit chain, and the messages to the people whom a step concerns. */
@Component
public class Timeline {
    private static final Text FOR_CLERKS = Text.of("filing.confirmEmployment");

    private final JdbcClient db;
    private final CityClock clock;
    private final CaseTable cases;
    private final Employers employers;
    private final Inbox inbox;

    Timeline(JdbcClient db, CityClock clock, CaseTable cases, Employers employers, Inbox inbox) {
        this.db = db;
        this.clock = clock;
        this.cases = cases;
        this.employers = employers;
        this.inbox = inbox;
    }

    @EventListener(condition = "#event.number() != null")
    @Transactional(propagation = Propagation.REQUIRED)
    void happened(CaseEvent event) {
        CaseNumber number = event.number();
        if (number == null || event.seenBy() == Audience.AUDITORS) return; // kept by the audit chain alone
        Case file = cases.find(number).orElse(null);
        if (file == null) return;
        db.sql(
                        "insert into case_timeline (case_number, at, kind, stage, zh, en, role, account, seen_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        number.value(),
                        clock.timestamp(),
                        event.kind(),
                        event.stage(),
                        event.what().zh(),
                        event.what().en(),
                        event.as() == null ? null : event.as().code(),
                        event.by().account(),
                        event.seenBy().name())
                .update();
        if (event.seenBy() == Audience.OFFICERS) return;
        applicants(file)
                .filter(account -> !account.equals(event.by().account()))
                .forEach(account -> tell(account, event, file));
        if (event.seenBy() == Audience.EVERYONE
                && file.employerCode() != null
                && file.stage().is(Kind.ASKS_EMPLOYER)) {
            employers.clerks(file.employerCode()).stream()
                    .filter(clerk -> !clerk.equals(file.applicant())
                            && !clerk.equals(event.by().account()))
                    .forEach(clerk ->
                            inbox.tell(clerk, file.number(), event.kind().equals("stage") ? FOR_CLERKS : event.what()));
        }
    }

    private void tell(String account, CaseEvent event, Case file) {
        Text words = MessageWords.of(event, file);
        if (MessageWords.isUrgent(event, file)) inbox.tellUrgently(account, file.number(), words);
        else inbox.tell(account, file.number(), words);
    }

    /** Whoever applies: the person, or all clerks of the employer. */
    private Stream<String> applicants(Case file) {
        return file.ofEmployer() && file.employerCode() != null
                ? employers.clerks(file.employerCode()).stream()
                : Stream.of(file.applicant());
    }

    /**
     * One line. For the applicant and the employer {@code by} is a role, never an account.
     *
     * @param entered whether the case came to the stage with it, and did not merely stand there
     */
    public record Entry(
            Instant at,
            @Nullable String stage,
            Text what,
            String by,
            @JsonIgnore boolean entered) {}

    List<Entry> of(CaseNumber number, Reader reader) {
        List<String> seen = switch (reader) {
            case EMPLOYER -> List.of(Audience.EVERYONE.name());
            case APPLICANT -> List.of(Audience.EVERYONE.name(), Audience.APPLICANT.name());
            case OFFICER -> List.of(Audience.EVERYONE.name(), Audience.APPLICANT.name(), Audience.OFFICERS.name());
        };
        return db.sql("select * from case_timeline where case_number = :number and seen_by in (:seen) order by id")
                .param("number", number.value())
                .param("seen", seen)
                .query((row, n) -> {
                    String role = row.getString("role");
                    String by = role == null ? "system" : role;
                    if (reader == Reader.OFFICER && role != null && !role.equals(Role.APPLICANT.code()))
                        by = role + " " + row.getString("account");
                    return new Entry(
                            Instants.always(row, "at"),
                            row.getString("stage"),
                            new Text(row.getString("zh"), row.getString("en")),
                            by,
                            row.getString("kind").equals("stage"));
                })
                .list();
    }

    public enum Reader {
        APPLICANT,
        EMPLOYER,
        OFFICER
    }
}
