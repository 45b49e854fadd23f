package cn.jincai.review.notice;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Instants;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notices by batch, and those that were removed, as the public finds them. */
@Service
public class NoticeBoard {
    private static final Duration TOLD_AS_REMOVED = Duration.ofDays(90);

    private final JdbcClient db;
    private final Notices notices;
    private final CityClock clock;

    NoticeBoard(JdbcClient db, Notices notices, CityClock clock) {
        this.db = db;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * What was published of one scheme on one day and runs.
     *
     * @param to     the last day of those that run longest
     * @param people how many notices
     */
    public record Batch(String scheme, Text schemeName, LocalDate from, LocalDate to, long people) {}

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<Batch> batches() {
        return db.sql("""
            select c.scheme, n.from_day, max(n.to_day) as to_day, count(*) as people, max(c.package_hash) as package_hash from notices n
            join cases c on c.case_number = n.case_number where n.ended_at is null and n.ends > ? group by c.scheme, n.from_day order by n.from_day desc, c.scheme""")
                .param(clock.timestamp())
                .query((row, n) -> new Batch(
                        row.getString("scheme"),
                        notices.schemeName(row.getString("scheme"), row.getString("package_hash")),
                        row.getObject("from_day", LocalDate.class),
                        row.getObject("to_day", LocalDate.class),
                        row.getLong("people")))
                .list();
    }

    /** Of one batch, in order of arrival. Problem NOT_FOUND where none of it runs, and beyond its last page. */
    @Transactional(readOnly = true)
    public Page<Notices.Notice> batch(String scheme, LocalDate from, int page, int size) {
        String which =
                " from notices n join cases c on c.case_number = n.case_number where n.ended_at is null and n.ends > ? and c.scheme = ? and n.from_day = ?";
        OffsetDateTime now = clock.timestamp();
        long total = db.sql("select count(*)" + which)
                .params(now, scheme, from)
                .query(Long.class)
                .single();
        List<Notices.Notice> items = db.sql(
                        "select n.*, c.scheme, c.package_hash" + which + " order by n.id limit ? offset ?")
                .params(now, scheme, from, Page.size(size), Page.offset(page, size))
                .query(notices::row)
                .list();
        if (items.isEmpty()) throw Problem.notFound();
        return new Page<>(items, Math.max(0, page), Page.size(size), total);
    }

    /** A notice that was removed. @param at when */
    public record Removed(long id, Instant at) {}

    /** Those removed in the last days, newest first, so that whoever took them over removes them as well. */
    @Transactional(readOnly = true)
    public List<Removed> removed() {
        return db.sql(
                        "select id, least(coalesce(ended_at, ends), ends) as at from notices where (ended_at is not null or ends <= ?) and ends > ? order by id desc fetch first 500 rows only")
                .params(clock.timestamp(), clock.timestamp().minus(TOLD_AS_REMOVED))
                .query((row, n) -> new Removed(row.getLong("id"), Instants.always(row, "at")))
                .list();
    }
}
