package cn.jincai.registry;

import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.Map;

/**
 * The city's own records 本市记录 as a source: what was granted or paid before. Each room that
 * granted or paid something answers for its own part (this one for what was granted before this system); {@code filing} puts the parts together.
 */
public interface OwnRecordsPort {
    /**
     * Every fact of the scheme whose source is {@code own-records}, as its {@code count} says; "granted" includes what is decided and not yet paid.
     *
     * @param personKey as {@code applicant.Persons.key} gives it
     * @param known     the case's other facts, for counts over {@code sameFacts}
     * @param on        the application date; the calendar year counted is this day's
     * @return typed as the assessment takes them; a fact that is known to be none is absent
     */
    Map<String, Object> ask(Scheme scheme, String personKey, Map<String, Object> known, LocalDate on);
}
