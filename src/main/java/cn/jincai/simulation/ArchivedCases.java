package cn.jincai.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The facts of real cases, as their last assessment took them. Whoever keeps the cases answers; the rules may not ask them. */
public interface ArchivedCases {
    /**
     * @param id    of the assessment; names nobody
     * @param facts by name, as they were frozen
     */
    record Archived(long id, LocalDate applicationDate, JsonNode facts) {}

    /** How many cases there are, and the days of their first and last application, null where there are none. */
    record Extent(long cases, LocalDate first, LocalDate last) {}

    /** @param samples the demo's made-up cases, or the others */
    Extent extent(String scheme, LocalDate from, LocalDate to, boolean samples);

    /** Some of them, in order, after the one with this id. */
    List<Archived> after(long id, int many, String scheme, LocalDate from, LocalDate to, boolean samples);

    Optional<Archived> find(long id);
}
