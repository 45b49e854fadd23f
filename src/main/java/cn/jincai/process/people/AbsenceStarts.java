package cn.jincai.process.people;

import cn.jincai.kernel.DueWork;
import cn.jincai.process.worklists.OpenTask;
import cn.jincai.process.worklists.OpenTaskTable;
import cn.jincai.staffing.Absence;
import cn.jincai.staffing.Absences;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** On the first day of an absence what the officer holds is passed on. */
@Service
class AbsenceStarts implements DueWork {
    private final Absences absences;
    private final OpenTaskTable table;
    private final PassingOn passing;

    AbsenceStarts(Absences absences, OpenTaskTable table, PassingOn passing) {
        this.absences = absences;
        this.table = table;
        this.passing = passing;
    }

    @Override
    public Optional<Instant> next() {
        return absences.nextBegins();
    }

    @Override
    public void run() {
        for (Absence absence : absences.beginning()) {
            boolean all = true;
            for (OpenTask task : table.heldBy(absence.account()))
                all &= passing.passOn(absence.account(), task, PassingOn.Why.AWAY);
            if (all) absences.begun(absence); // else the rest in the next round
        }
    }
}
