package cn.jincai.filing;

import cn.jincai.applicant.Persons;
import cn.jincai.applicant.likeness.Likenesses;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.DueWork;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.Packages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Who was written down before there were marks is given them, some at a time, with what his cases told; and a key by the number that he has for life. */
@Component
class OlderPersons implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(OlderPersons.class);
    private static final int STEP = 100;

    private final Persons persons;
    private final Likenesses likenesses;
    private final CaseTable cases;
    private final Packages packages;
    private final Traces traces;
    private final CityClock clock;
    private final TransactionOperations transaction;
    private volatile boolean done;

    OlderPersons(
            Persons persons,
            Likenesses likenesses,
            CaseTable cases,
            Packages packages,
            Traces traces,
            CityClock clock,
            TransactionOperations transaction) {
        this.persons = persons;
        this.likenesses = likenesses;
        this.cases = cases;
        this.packages = packages;
        this.traces = traces;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public Optional<Instant> next() {
        if (done) return Optional.empty();
        done = persons.unmarked(1).isEmpty();
        return done ? Optional.empty() : Optional.of(clock.instant());
    }

    @Override
    public void run() {
        List<String> keys = persons.unmarked(STEP);
        for (String key : keys)
            try {
                transaction.executeWithoutResult(t -> mark(key));
            } catch (Problem exchanged) { // told in the log by whoever could not open it; the others go on
                LOG.warn("Nobody is told to be like a person whose record does not open");
                persons.passOver(key);
            }
    }

    private void mark(String key) {
        String now = persons.markAnew(key);
        if (!now.equals(key)) likenesses.renumbered(now, key);
        for (Case file : cases.ofPerson(key)) traces.keep(packages.byHash(file.packageHash()), key, file.answers());
    }
}
