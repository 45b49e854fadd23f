package cn.jincai.rights;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How long each kind of record is kept: the register {@code retention.yaml}, which a city's own settings go before. */
@ConfigurationProperties("jincai")
public record Retention(Map<String, Rule> retention) {
    /**
     * @param since  the day from which it counts
     * @param keep   null: as long as the product runs
     * @param basis  on what ground, as far as it is known
     * @param status how sure the period is, as of parameters of a scheme: ILLUSTRATIVE until the city has named it
     */
    public record Rule(Text name, Text since, @Nullable Period keep, Text basis, Status status) {
        /** What is older than this on that day is due. @throws NullPointerException where it is kept for good */
        Instant due(LocalDate today) {
            return today.minus(Objects.requireNonNull(keep))
                    .atStartOfDay(CityClock.ZONE)
                    .toInstant();
        }
    }

    Rule of(String kind) {
        Rule rule = retention.get(kind);
        if (rule == null) throw new IllegalStateException("retention.yaml has no " + kind);
        return rule;
    }
}
