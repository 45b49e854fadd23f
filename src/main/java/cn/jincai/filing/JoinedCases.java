package cn.jincai.filing;

import cn.jincai.applicant.likeness.PersonsJoined;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What is counted for a person changes in his open cases as soon as documents were joined as his, or parted. */
@Component
class JoinedCases {
    private final CaseTable cases;
    private final DataChecks checks;

    JoinedCases(CaseTable cases, DataChecks checks) {
        this.cases = cases;
        this.checks = checks;
    }

    @EventListener
    void joined(PersonsJoined person) {
        person.keys().stream()
                .flatMap(key -> cases.ofPerson(key).stream())
                .filter(file -> file.checkedAt() != null && !file.isClosed())
                .forEach(file -> checks.check(file.number()));
    }
}
