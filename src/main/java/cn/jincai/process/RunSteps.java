package cn.jincai.process;

import cn.jincai.payment.Runs;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code runs} in the diagrams. */
@Component("runs")
public class RunSteps {
    private final Runs runs;

    RunSteps(Runs runs) {
        this.runs = runs;
    }

    public List<Long> payments(String run) {
        return new ArrayList<>(runs.payments(run));
    }
}
