package cn.jincai.planning;

import java.util.List;

/** The city's own records, answered by each room that knows of some: what was decided here, what runs have paid, what was granted before this system. */
public interface GrantRecords {
    /** @param personKey of one document, as {@code applicant.Persons.key} gives it; others of the same person are asked for by themselves */
    List<EarlierGrant> of(String personKey);

    /** What has gone out to a person: {@code amountFen} of each payment, on the day on which the bank said so. A grant before this system counts as paid. */
    default List<EarlierGrant> paid(String personKey) {
        return List.of();
    }

    /** Grants to whoever worked for this employer when he applied, without the facts of those cases. */
    default List<EarlierGrant> ofEmployer(String code) {
        return List.of();
    }

    /** Until this transaction ends nobody else decides on grants that are counted for this employer. */
    default void holdEmployer(String code) {}
}
