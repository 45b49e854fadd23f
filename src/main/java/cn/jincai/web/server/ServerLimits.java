package cn.jincai.web.server;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much one source may hold at the same time, and how slow it may be (decision 137).
 *
 * @param connections open ones of one source, idle ones too; a proxy has as many as it likes
 * @param requests    of one source that are being answered
 * @param bodies      of one source that are still on their way
 * @param allBodies   the same of all sources together, fewer than there are threads, so that reading goes on whatever is being sent
 * @param head        until the last line of a request's head
 * @param patience    waiting for a body, in sum, beyond what it may take by its length
 * @param slowest     of a body, in one second
 */
@ConfigurationProperties("jincai.server-limits")
record ServerLimits(
        int connections, int requests, int bodies, int allBodies, Duration head, Duration patience, DataSize slowest) {}
