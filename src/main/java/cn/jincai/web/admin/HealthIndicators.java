package cn.jincai.web.admin;

import cn.jincai.applicant.contacts.Letters;
import cn.jincai.audit.AuditLog;
import cn.jincai.audit.AuditWatch;
import cn.jincai.audit.TimeStamps;
import cn.jincai.document.Evidence;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.document.SignatureTrouble;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.kernel.CityClock;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Expiries;
import cn.jincai.policy.Packages;
import cn.jincai.process.BackgroundWork;
import cn.jincai.process.BrokenRuns;
import cn.jincai.process.people.TasksForNobody;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /actuator/health} looks at beside the database: each part under the name of its bean. */
@Configuration(proxyBeanMethods = false)
class HealthIndicators {
    /** Two nodes' clocks are never quite the same. */
    private static final Duration TOLERATED = Duration.ofMinutes(1);

    private static final Duration LOOKED_AT_EVERY = Duration.ofMinutes(1);

    /**
     * Whether the clock stands behind the last entry of the record: then somebody has set it back, and what falls due falls due late. The application is not
     * taken away for it, since no other node would help.
     */
    @Bean
    HealthIndicator clockHealthIndicator(AuditLog log, CityClock clock) {
        return () -> {
            Duration behind = log.last()
                    .map(last -> Duration.between(clock.instant(), last))
                    .orElse(Duration.ZERO);
            return behind.compareTo(TOLERATED) <= 0
                    ? Health.up().build()
                    : Health.status("BEHIND")
                            .withDetail("behindTheLastRecord", behind.toString())
                            .build();
        };
    }

    /** Down while the audit record is not what was signed: what was found when this node looked last, and where. And while rows lie about that are none of its entries. */
    @Bean
    HealthIndicator auditHealthIndicator(AuditWatch watch, AuditLog log) {
        return () -> watch.last()
                .map(look -> {
                    var check = look.check();
                    List<Long> strays = log.strays();
                    var health = upIf(check.whole() && strays.isEmpty())
                            .withDetail("lookedAt", look.at())
                            .withDetail("upTo", check.entries());
                    if (look.head() != null)
                        health.withDetail("signedUpTo", look.head().seq());
                    if (check.found() != null)
                        health.withDetail("found", check.found()).withDetail("entry", String.valueOf(check.broken()));
                    if (!strays.isEmpty()) health.withDetail("strays", strays);
                    return health.build();
                })
                .orElseGet(() -> Health.unknown().build());
    }

    /** Whether the last signed head of the record was stamped, where a service is set for it. The application is well all the same: the next one is stamped. */
    @Bean
    HealthIndicator timeStampsHealthIndicator(TimeStamps stamps) {
        return () -> stamps.trouble()
                .map(why -> Health.status("UNSTAMPED").withDetail("why", why).build())
                .orElseGet(() -> Health.up().build());
    }

    /**
     * Down while letters are made without the signature that they are to have: its certificate has ended, or has yet to begin. Before it ends (EXPIRING), and while the last letter has no
     * stamp (UNSTAMPED), the application is well all the same.
     */
    @Bean
    HealthIndicator lettersHealthIndicator(IssuedDocuments documents) {
        return () -> documents
                .signatureTrouble()
                .map(trouble -> (trouble.kind() == SignatureTrouble.Kind.UNSIGNED
                                ? Health.down()
                                : Health.status(trouble.kind().name()))
                        .withDetail("why", trouble.text().both())
                        .build())
                .orElseGet(() -> Health.up().build());
    }

    /** Whether the scanner answers, where the city has one: while it does not, no upload is taken, and everything else goes on. Asked once a minute. */
    @Bean
    HealthIndicator scannerHealthIndicator(Evidence evidence, CityClock clock) {
        return onceAMinute(
                clock,
                () -> evidence.scannerTrouble()
                        .map(why -> Health.status("AWAY").withDetail("why", why).build())
                        .orElseGet(() -> Health.up().build()));
    }

    /** Down while what is done in the background stands still or fails: whose work, and how. */
    @Bean
    HealthIndicator backgroundHealthIndicator(BackgroundWork work) {
        return () -> {
            var trouble = work.trouble();
            return upIf(trouble.isEmpty()).withDetails(trouble).build();
        };
    }

    /** Whether messages reach the server of mail and the gateway of text messages: how many have been tried in vain. The application is well all the same: the inbox has them all. */
    @Bean
    HealthIndicator messagesHealthIndicator(Inbox inbox, Letters letters) {
        return () -> {
            long mails = inbox.failingMails(), codes = letters.failing();
            return (mails + codes == 0 ? Health.up() : Health.status("DELAYED"))
                    .withDetail("mails", mails)
                    .withDetail("codesAndTextMessages", codes)
                    .build();
        };
    }

    /** Whether the database's connections suffice: out of service once as many wait for one as there are. */
    @Bean
    HealthIndicator connectionsHealthIndicator(DataSource tables) {
        return () -> {
            try {
                HikariDataSource source = tables.unwrap(HikariDataSource.class);
                HikariPoolMXBean pool = source.getHikariPoolMXBean();
                int all = source.getMaximumPoolSize(), waiting = pool.getThreadsAwaitingConnection();
                return (waiting < all ? Health.up() : Health.outOfService())
                        .withDetail("most", all)
                        .withDetail("inUse", pool.getActiveConnections())
                        .withDetail("waiting", waiting)
                        .build();
            } catch (SQLException noPool) {
                return Health.unknown().build();
            }
        };
    }

    /** What runs out within 90 days, in the details; the application is well all the same. */
    @Bean
    HealthIndicator expiryHealthIndicator(Expiries expiries) {
        return () -> Health.up().withDetail("soon", expiries.soon()).build();
    }

    /** Down while documents and decisions can't be kept: the disk is full, or the folder is not there or not ours. */
    @Bean
    HealthIndicator papersHealthIndicator(Evidence evidence) {
        return () -> {
            try {
                evidence.tryShelf();
                return Health.up().build();
            } catch (IOException e) {
                return Health.down(e).build();
            }
        };
    }

    /** Down while the database holds a package that is not what was frozen: schemes by the hash of the package. */
    @Bean
    HealthIndicator packagesHealthIndicator(Packages packages) {
        return () -> {
            var damaged = packages.damaged();
            return upIf(damaged.isEmpty()).withDetail("damaged", damaged).build();
        };
    }

    /** Down while a scheme's half-yearly run stands still: which scheme and why. */
    @Bean
    HealthIndicator runsHealthIndicator(BrokenRuns runs) {
        return () -> {
            var broken = runs.list();
            return upIf(broken.isEmpty()).withDetail("broken", broken).build();
        };
    }

    /** Whether there are tasks that nobody may do: how many by scheme, step and why. The application is well all the same: people have to be there. Looked at once a minute. */
    @Bean
    HealthIndicator peopleHealthIndicator(TasksForNobody tasks) {
        return () -> {
            var waiting = tasks.counts();
            return waiting.isEmpty()
                    ? Health.up().build()
                    : Health.status("UNMANNED").withDetail("tasks", waiting).build();
        };
    }

    /** Down while the record of a payment on its way is not as it was written. Looked at once a minute: it reads them all. */
    @Bean
    HealthIndicator paymentsHealthIndicator(Payments payments, CityClock clock) {
        return onceAMinute(clock, () -> {
            var altered = payments.altered().stream().map(PaymentView::id).toList();
            return upIf(altered.isEmpty()).withDetail("altered", altered).build();
        });
    }

    /** What costs something to know: health is asked by anybody. */
    private static HealthIndicator onceAMinute(CityClock clock, HealthIndicator costly) {
        return new HealthIndicator() {
            private volatile @Nullable Seen seen;

            private record Seen(Instant at, Health health) {}

            @Override
            public Health health() {
                Instant now = clock.instant();
                Seen known = seen;
                if (known == null || now.isAfter(known.at.plus(LOOKED_AT_EVERY)) || now.isBefore(known.at))
                    seen = known = new Seen(now, costly.health());
                return known.health;
            }
        };
    }

    private static Health.Builder upIf(boolean well) {
        return well ? Health.up() : Health.down();
    }
}
