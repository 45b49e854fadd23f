package cn.jincai.assessment.verification;

import cn.jincai.assessment.Benefit;
import cn.jincai.calendar.Calendars;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.kernel.CityClock;
import cn.jincai.policy.PolicyPackage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** What is decided differently under two versions of a scheme: an example of each kind, or the proof that there is none. Nothing is sampled. */
@Service
public class Differences {
    /** Boxes looked at for one question before it counts as undecided. */
    private static final int MOST = 60_000;

    private final Supplier<WorkingCalendar> calendar;
    private final Supplier<LocalDate> today;

    @Autowired
    Differences(Calendars calendars, CityClock clock) {
        this(calendars::current, clock::today);
    }

    Differences(Supplier<WorkingCalendar> calendar, Supplier<LocalDate> today) {
        this.calendar = calendar;
        this.today = today;
    }

    /** What differs: the verdict; level or sum under the same verdict; the reasons where all else is the same; or one version lacks the benefit. */
    public enum Kind {
        VERDICT,
        SUM,
        REASONS,
        ADDED,
        REMOVED
    }

    /** The answer to "is there a case that differs". */
    public enum Answer {
        FOUND,
        NONE,
        UNDECIDED
    }

    /**
     * One kind of difference in one benefit.
     *
     * @param facts  of the example, typed as an assessment takes them; empty where there is none
     * @param before what the first version says of it, null where there is no example
     */
    public record Difference(
            String benefit,
            Kind kind,
            Answer answer,
            @Nullable LocalDate applicationDate,
            Map<String, Object> facts,
            @Nullable Benefit before,
            @Nullable Benefit after) {
        /** Without an example. */
        Difference(String benefit, Kind kind, Answer answer) {
            this(benefit, kind, answer, null, Map.of(), null, null);
        }
    }

    /** Each benefit of either version with each kind of difference. */
    public List<Difference> between(PolicyPackage before, PolicyPackage after) {
        List<Difference> differences = new ArrayList<>();
        Comparison comparison = new Comparison(before, after, calendar.get(), today.get());
        Set<String> benefits = new LinkedHashSet<>();
        for (PolicyPackage version : List.of(before, after))
            version.catalogue().benefits().forEach(b -> benefits.add(b.code()));
        for (String benefit : benefits) {
            boolean
                    was =
                            before.catalogue().benefits().stream()
                                    .anyMatch(b -> b.code().equals(benefit)),
                    is =
                            after.catalogue().benefits().stream()
                                    .anyMatch(b -> b.code().equals(benefit));
            if (was && is)
                for (Kind kind : List.of(Kind.VERDICT, Kind.SUM, Kind.REASONS))
                    differences.add(comparison.difference(benefit, kind, MOST));
            else differences.add(new Difference(benefit, is ? Kind.ADDED : Kind.REMOVED, Answer.FOUND));
        }
        return differences;
    }
}
