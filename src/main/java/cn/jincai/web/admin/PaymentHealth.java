package cn.jincai.web.admin;

import cn.jincai.kernel.CityClock;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while the record of a payment on its way is not as it was written. Looked at once a minute: it reads them all, and health is asked by anybody. */
@Component("paymentsHealthIndicator")
class PaymentHealth implements HealthIndicator {
    private final Payments payments;
    private final CityClock clock;
    private volatile Seen seen = new Seen(Instant.EPOCH, List.of());

    private record Seen(Instant at, List<Long> altered) {}

    PaymentHealth(Payments payments, CityClock clock) {
        this.payments = payments;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Instant now = clock.instant();
        if (now.isAfter(seen.at.plusSeconds(60)) || now.isBefore(seen.at))
            seen = new Seen(
                    now, payments.altered().stream().map(PaymentView::id).toList());
        return (seen.altered.isEmpty() ? Health.up() : Health.down())
                .withDetail("altered", seen.altered)
                .build();
    }
}
