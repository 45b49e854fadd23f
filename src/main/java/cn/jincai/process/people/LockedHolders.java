package cn.jincai.process.people;

import cn.jincai.kernel.DueWork;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Whoever's account is locked can't even hand back what he holds: it is passed on as if he were away, so that colleagues who are there see it. */
@Service
class LockedHolders implements DueWork {
    private static final int AT_ONCE = 200;

    private final OpenTaskTable table;
    private final PassingOn passing;

    LockedHolders(OpenTaskTable table, PassingOn passing) {
        this.table = table;
        this.passing = passing;
    }

    @Override
    public Optional<Instant> next() {
        return table.heldByLocked(1).stream()
                .map(OpenTask::since)
                .findFirst(); // what can't be passed on is tried no more often than other work
    }

    @Override
    public void run() {
        for (OpenTask task : table.heldByLocked(AT_ONCE))
            passing.passOn(Objects.requireNonNull(task.assignee()), task, PassingOn.Why.LOCKED);
    }
}
