package cn.jincai.filing;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Persons;
import cn.jincai.assessment.AssessedLine;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What employers have handed in about somebody in their rosters: he is told of it, and reads his own line and nobody else's (个人信息保护法 17, 44, 45). Who he is, is told by the
 * document of his account.
 */
@Service
public class OwnLines {
    private final CaseTable cases;
    private final CaseLines lines;
    private final CaseAssessments assessments;
    private final Packages packages;
    private final Persons persons;
    private final Accounts accounts;
    private final Inbox inbox;

    OwnLines(
            CaseTable cases,
            CaseLines lines,
            CaseAssessments assessments,
            Packages packages,
            Persons persons,
            Accounts accounts,
            Inbox inbox) {
        this.cases = cases;
        this.lines = lines;
        this.assessments = assessments;
        this.packages = packages;
        this.persons = persons;
        this.accounts = accounts;
        this.inbox = inbox;
    }

    /**
     * @param number   of the employer's case
     * @param line     from 1
     * @param employer its registered name
     * @param name     as the employer has written it
     * @param facts    all that is known of him there
     * @param assessed what the rules say of his line; null before the case's facts were asked for
     */
    public record OwnLine(
            CaseNumber number,
            int line,
            Text scheme,
            String employer,
            @Nullable Instant handedInAt,
            @Nullable String outcome,
            String name,
            Map<String, Object> facts,
            @Nullable AssessedLine assessed) {}

    /** With the case that names him: whoever has an account here finds a message. */
    @EventListener
    void sent(Submitted event) {
        tell(cases.get(event.number()), Set.of());
    }

    /** @param known keys of those who were told of this case already */
    void tell(Case file, Set<String> known) {
        Text scheme = packages.byHash(file.packageHash()).catalogue().name();
        for (CaseLines.Line line : lines.of(file)) {
            String person = persons.key("RESIDENT_ID", line.number());
            if (known.contains(person)) continue;
            for (String key : persons.documents(person))
                for (Account account : accounts.allOfPerson(key))
                    inbox.tellOfLine(
                            account.name(), file.number(), Text.of("filing.roster.told", file.answer("name"), scheme));
        }
    }

    /** The latest first, at most a hundred; none for an account without a document. */
    @Transactional(readOnly = true)
    public List<OwnLine> of(Actor who) {
        String key = accounts.find(who.account()).personKey();
        return key == null
                ? List.of()
                : lines.naming(persons.documents(key)).stream()
                        .map(at -> line(cases.get(at.getKey()), at.getValue()))
                        .toList();
    }

    /** @throws Problem NOT_FOUND for whoever is not in the roster of this case, whether there is one or not */
    @Transactional(readOnly = true)
    public OwnLine of(Actor who, CaseNumber number) {
        String key = accounts.find(who.account()).personKey();
        return Stream.ofNullable(key)
                .flatMap(own -> lines.naming(persons.documents(own), number).stream())
                .findFirst()
                .map(line -> line(cases.get(number), line))
                .orElseThrow(Problem::notFound);
    }

    /** Something that was asked or objected about his line is answered; the words stand on its page. */
    public void answered(String account, CaseNumber number, Text what) {
        inbox.tellOfLine(account, number, what);
    }

    private OwnLine line(Case file, int line) {
        CaseLines.Line own = lines.of(file).get(line - 1);
        return new OwnLine(
                file.number(),
                line,
                packages.byHash(file.packageHash()).catalogue().name(),
                file.answer("name"),
                file.submittedAt(),
                file.outcome(),
                own.name(),
                new HashMap<>(own.facts()),
                file.checkedAt() == null ? null : assessments.of(file).lines().get(line - 1));
    }
}
