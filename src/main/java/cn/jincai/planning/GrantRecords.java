package cn.jincai.planning;

import java.util.List;

/** The city's own records, answered by each room that knows of some: what was decided here, what runs have paid, what was granted before this system. */
public interface GrantRecords {
    /** @param personKey as {@code applicant.Persons.key} gives it */
    List<EarlierGrant> of(String personKey);
}
