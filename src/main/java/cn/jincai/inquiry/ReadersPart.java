package cn.jincai.inquiry;

import cn.jincai.filing.Ties;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.review.OpenTasks;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which rows of a table {@code t} with a {@code case_number} a reader is told of. Nobody reads of cases that concern him or from which he is recused; whoever does not
 * audit reads only of cases in which his roles have a part.
 */
@Component
class ReadersPart {
    /** What auditors look into they tell when it is time, supervisors as little as others. */
    static final String NOT_BY_AUDITORS = " and (t.role is null or t.role <> 'auditor')";

    private final OpenTasks tasks;
    private final Ties ties;
    private final CityClock clock;

    ReadersPart(OpenTasks tasks, Ties ties, CityClock clock) {
        this.tasks = tasks;
        this.ties = ties;
        this.clock = clock;
    }

    /** A condition with its values by name. */
    record Clause(String sql, Map<String, Object> values) {}

    /** @throws cn.jincai.kernel.Problem FORBIDDEN for whoever neither audits nor supervises */
    Clause of(Actor who) {
        if (!who.is(Role.AUDITOR)) who.mustBe(Role.SUPERVISOR);
        Map<String, Object> values = new HashMap<>(Map.of("reader", who.account()));
        StringBuilder sql = new StringBuilder(Ties.NOT_RECUSED.replace("?", ":reader"));
        Set<CaseNumber> shut = tasks.shut(who);
        if (!shut.isEmpty()) {
            sql.append(" and (t.case_number is null or t.case_number not in (:shut))");
            values.put("shut", shut.stream().map(CaseNumber::value).toList());
        }
        if (ties.isBoundToDistricts(who.account()))
            sql.append(" and ").append(Ties.IN_OWN_DISTRICT.replace("?", ":reader"));
        if (!who.is(Role.AUDITOR)) {
            sql.append(
                    " and exists (select 1 from case_parts p where p.case_number = t.case_number and p.part in (:parts) and (p.ends_at is null or p.ends_at > :now))");
            values.put("parts", who.roles().stream().map(Role::code).toList());
            values.put("now", clock.timestamp());
        }
        return new Clause(sql.toString(), values);
    }

    /** In which of his roles he inquires. */
    static Role as(Actor who) {
        return who.is(Role.AUDITOR) ? Role.AUDITOR : Role.SUPERVISOR;
    }
}
