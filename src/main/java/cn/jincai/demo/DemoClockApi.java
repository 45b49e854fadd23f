package cn.jincai.demo;

import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.process.BrokenRuns;
import cn.jincai.process.Timetable;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Lets time pass, in the demo only. */
@RestController
@Profile("demo")
class DemoClockApi {
    private static final int YEARS_AT_MOST = 10;

    private final Timetable timetable;
    private final BrokenRuns runs;

    DemoClockApi(Timetable timetable, BrokenRuns runs) {
        this.timetable = timetable;
        this.runs = runs;
    }

    /** @param advance an ISO 8601 period or duration such as P8D, P1M or PT2H; never back */
    record Advance(String advance) {}

    /** @param broken half-yearly runs that stand still, with the scheme and why; missing where none does */
    record Now(
            OffsetDateTime now,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BrokenRuns.Broken> broken) {}

    /** Answers when all that fell due on the way has run. */
    @PostMapping("/api/demo/clock")
    @PreAuthorize("hasAuthority('admin')")
    Now advance(@RequestBody Advance body) {
        Instant now = timetable.advance(
                from -> target(from.atZone(CityClock.ZONE), body.advance()).toInstant());
        return new Now(now.atZone(CityClock.ZONE).toOffsetDateTime(), runs.list());
    }

    private static ZonedDateTime target(ZonedDateTime from, String advance) {
        ZonedDateTime to = later(from, advance);
        if (to.isBefore(from) || to.isAfter(from.plusYears(YEARS_AT_MOST)))
            throw Problem.invalid("advance", "demo.clock.OUT_OF_RANGE");
        return to;
    }

    private static ZonedDateTime later(ZonedDateTime from, String advance) {
        try {
            return advance.contains("T") ? from.plus(Duration.parse(advance)) : from.plus(Period.parse(advance));
        } catch (DateTimeException | ArithmeticException | NullPointerException malformed) {
            Mistake mistake = Mistake.of("advance", "demo.clock.MALFORMED");
            throw new Problem(Problem.Kind.MALFORMED, mistake.code(), mistake.message(), List.of(mistake));
        }
    }
}
