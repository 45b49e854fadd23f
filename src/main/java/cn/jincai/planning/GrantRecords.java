package cn.jincai.planning;

import java.util.List;

/** The city's own records, answered by each room that knows of some: what was decided here, what runs have paid, what was granted before this system. */
public interface GrantRecords {
    /** @param personKey of one document, as {@code applicant.Persons.key} gives it; others of the same person are asked for by themselves */
    List<EarlierGrant> of(String personKey);
}
