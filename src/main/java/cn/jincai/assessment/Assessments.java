package cn.jincai.assessment;

import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.stereotype.Service;

/** The rules of all schemes. */
@Service
public class Assessments {
    /**
     * Decides nothing, stores nothing: what the rules of this package say on these facts.
     *
     * @param applicationDate day of the first submission, or today for one who only asks
     * @param facts           by name: LocalDate, Boolean, String, List of String or Long; absent is unknown
     */
    public Assessment assess(PolicyPackage policy, LocalDate applicationDate, Map<String, Object> facts, Adjustments adjustments) {
        throw new UnsupportedOperationException("the evaluator comes with the next commit");
    }
}
