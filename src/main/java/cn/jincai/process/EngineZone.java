package cn.jincai.process;

import cn.jincai.kernel.CityClock;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.h2.util.DateTimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The zone of the engine's days. Its columns have none of their own, and what stands in them is read in the zone of the process: under another one every due
 * day and timer would lie hours early or late. So the process takes the zone in which its database was begun, whatever its machine shows (decision 118).
 */
@Component
class EngineZone {
    private static final Logger LOG = LoggerFactory.getLogger(EngineZone.class);

    /** Of a database that was begun before this was written down: from now on it stands. */
    EngineZone(JdbcClient jdbc) {
        try {
            jdbc.sql("insert into engine_zone (id, zone) select 1, ? where not exists (select 1 from engine_zone)")
                    .param(TimeZone.getDefault().getID())
                    .update();
        } catch (DuplicateKeyException another) {
            LOG.debug("another node that starts has written it");
        }
    }

    /** Before the engine reads or writes a day. */
    static void take(DataSource tables) {
        String machine = TimeZone.getDefault().getID();
        try {
            String begun = begunIn(tables, machine);
            HikariDataSource pool =
                    tables.isWrapperFor(HikariDataSource.class) ? tables.unwrap(HikariDataSource.class) : null;
            if (!begun.equals(machine)) {
                TimeZone.setDefault(TimeZone.getTimeZone(begun));
                DateTimeUtils.resetCalendar(); // H2 has remembered the other one, and so have its sessions
                if (pool != null) pool.getHikariPoolMXBean().softEvictConnections();
                LOG.info(
                        "The machine's zone is {}; days are kept in {}, in which this database was begun.",
                        machine,
                        begun);
            }
            // until now it has kept one connection only: one that is being opened while the zone changes would keep the
            // other
            if (pool != null) pool.setMinimumIdle(pool.getMaximumPoolSize());
        } catch (SQLException e) {
            throw new IllegalStateException("the zone of the engine's days can't be read", e);
        }
    }

    /** What the database says. One that is older than this and has cases was written in the machine's zone; a fresh one begins with the city's. */
    private static String begunIn(DataSource tables, String machine) throws SQLException {
        try (Connection connection = tables.getConnection();
                Statement sql = connection.createStatement()) {
            if (has(sql, "engine_zone"))
                try (ResultSet kept = sql.executeQuery("select zone from engine_zone")) {
                    if (kept.next()) return kept.getString(1);
                }
            if (has(sql, "cases"))
                try (ResultSet cases = sql.executeQuery("select number from cases fetch first 1 rows only")) {
                    if (cases.next()) return machine;
                }
            return CityClock.ZONE.getId();
        }
    }

    private static boolean has(Statement sql, String table) throws SQLException {
        try (ResultSet found = sql.executeQuery(
                "select 1 from information_schema.tables where table_schema = current_schema and lower(table_name) = '"
                        + table + "'")) {
            return found.next();
        }
    }
}
