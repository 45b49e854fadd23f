package cn.jincai.process;

import cn.jincai.filing.Case;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.DataChecks;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.review.YearlyPlaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** Who waits for a place of the year's quota moves on by himself, in order of arrival, when one becomes free or the next year begins. */
@Component
class CasesInLine implements DueWork {
    private final RuntimeService engine;
    private final YearlyPlaces places;
    private final CaseFile cases;
    private final DataChecks checks;
    private final CityClock clock;

    CasesInLine(RuntimeService engine, YearlyPlaces places, CaseFile cases, DataChecks checks, CityClock clock) {
        this.engine = engine;
        this.places = places;
        this.cases = cases;
        this.checks = checks;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> next() {
        List<Case> waiting = waiting();
        if (waiting.isEmpty()) return Optional.empty();
        return Optional.of(
                withPlace(waiting).isEmpty()
                        ? clock.today()
                                .withDayOfYear(1)
                                .plusYears(1)
                                .atStartOfDay(CityClock.ZONE)
                                .toInstant()
                        : clock.instant());
    }

    @Override
    public void run() {
        for (Case first : withPlace(waiting())) {
            checks.check(first.number()); // what was told may no longer be good after months in line; where a source is
            // silent
            // now, its last word stands
            engine.createMessageCorrelation(Message.PLACE_FREE.key)
                    .processInstanceBusinessKey(first.number().value())
                    .correlate();
        }
    }

    /** Of each scheme up to the first who has none: those behind him have none either. */
    private List<Case> withPlace(List<Case> waiting) {
        Set<String> full = new HashSet<>();
        List<Case> free = new ArrayList<>();
        for (Case file : waiting) {
            if (full.contains(file.scheme())) continue;
            if (places.inLine(file.number()).isEmpty()) free.add(file);
            else full.add(file.scheme());
        }
        return free;
    }

    /** In order of arrival. */
    private List<Case> waiting() {
        Set<String> processes = engine.createEventSubscriptionQuery().eventName(Message.PLACE_FREE.key).list().stream()
                .map(EventSubscription::getProcessInstanceId)
                .collect(Collectors.toSet());
        if (processes.isEmpty()) return List.of();
        return engine.createProcessInstanceQuery().processInstanceIds(processes).list().stream()
                .map(ProcessInstance::getBusinessKey)
                .map(number -> cases.get(new CaseNumber(number)))
                .sorted(Comparator.comparing(Case::submittedAt)
                        .thenComparing(file -> file.number().value()))
                .toList();
    }
}
