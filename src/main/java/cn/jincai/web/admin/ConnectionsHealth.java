package cn.jincai.web.admin;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the database's connections suffice: out of service once as many wait for one as there are. */
@Component("connectionsHealthIndicator")
public class ConnectionsHealth implements HealthIndicator {
    private final DataSource tables;

    ConnectionsHealth(DataSource tables) {
        this.tables = tables;
    }

    @Override
    public Health health() {
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
    }
}
