package cn.jincai.sampling;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every few minutes whether a month is over that was not drawn from yet; over months that pass at once, each is drawn from as it stood. */
@Component
@ConditionalOnProperty(name = "jincai.ticking", matchIfMissing = true)
class SamplesMonthly {
    private final MonthlySamples samples;

    SamplesMonthly(MonthlySamples samples) {
        this.samples = samples;
    }

    @Scheduled(initialDelay = 180_000, fixedDelay = 600_000)
    void look() {
        samples.draw();
    }
}
