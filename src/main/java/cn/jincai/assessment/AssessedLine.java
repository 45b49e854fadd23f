package cn.jincai.assessment;

import cn.jincai.kernel.Verdict;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of a roster as the rules propose it.
 *
 * @param id       by which whoever asked knows it
 * @param verdict  of its benefits together, as of a case
 * @param benefits those that are decided for each line; what several lines share in a limit or pool is taken off their sum, not here
 */
public record AssessedLine(
        @JsonProperty("id") String id,
        @JsonProperty("verdict") Verdict verdict,
        @JsonProperty("benefits") List<Benefit> benefits) {
    /** The same for somebody who may not read what was found of these facts. */
    public AssessedLine withoutWhatWasFoundOf(Set<String> facts) {
        return new AssessedLine(
                id,
                verdict,
                benefits.stream()
                        .map(benefit -> benefit.withoutWhatWasFoundOf(facts))
                        .toList());
    }

    /** A line as it is told. @param facts as of a whole case, only those that are the line's own */
    public record Told(String id, Map<String, Object> facts) {}
}
