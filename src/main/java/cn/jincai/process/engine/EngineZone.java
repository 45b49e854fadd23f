package cn.jincai.process.engine;

import cn.jincai.kernel.CityClock;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.h2.util.DateTimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The zone of the engine's days. Its columns have none of their own, and what stands in them is read in the zone of the process: under another one every due
 * day and timer would lie hours early or late. So the process takes the city's, whatever its machine shows (decision 129).
 */
public class EngineZone {
    private static final Logger LOG = LoggerFactory.getLogger(EngineZone.class);

    private EngineZone() {}

    /** Before the engine reads or writes a day. */
    public static void take(DataSource tables) {
        String machine = TimeZone.getDefault().getID(), city = CityClock.ZONE.getId();
        try {
            HikariDataSource pool =
                    tables.isWrapperFor(HikariDataSource.class) ? tables.unwrap(HikariDataSource.class) : null;
            if (!city.equals(machine)) {
                TimeZone.setDefault(TimeZone.getTimeZone(city));
                DateTimeUtils.resetCalendar(); // H2 has remembered the other one, and so have its sessions
                if (pool != null && pool.isRunning()) pool.getHikariPoolMXBean().softEvictConnections();
                LOG.info("The machine's zone is {}; days are kept in the city's, {}.", machine, city);
            }
            // until now it has kept one connection only: one that is being opened while the zone changes would keep the
            // other
            if (pool != null) pool.setMinimumIdle(pool.getMaximumPoolSize());
        } catch (SQLException e) {
            throw new IllegalStateException("the zone of the engine's days can't be set", e);
        }
    }
}
