package cn.jincai.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asks a source about many people, each in a question of his own as docs/sources.md has it: some at a time. Where a whole round is not answered the source is down, and the
 * rest is not asked; nor is it once the time for all is over. Whoever asks again puts those first who were not asked.
 */
@Component
public class SourceRounds {
    private final Sources sources;
    private final int atOnce;
    private final Duration atMost;
    private final LongSupplier nanoseconds;

    @Autowired
    SourceRounds(Sources sources, SourceSettings settings) {
        this(sources, settings, System::nanoTime);
    }

    SourceRounds(Sources sources, SourceSettings settings, LongSupplier nanoseconds) {
        this.sources = sources;
        this.nanoseconds = nanoseconds;
        this.atOnce = settings.sourcePatience().atOnce();
        this.atMost = settings.sourcePatience().roster();
    }

    /** @return in the order of the people, for as many as had their turn */
    public List<Answer> ask(String source, List<Subject> people, Set<String> facts) {
        List<Answer> answers = new ArrayList<>();
        long begun = nanoseconds.getAsLong();
        ExecutorService callers = Executors.newFixedThreadPool(Math.min(atOnce, Math.max(1, people.size())));
        try {
            boolean down = false;
            while (answers.size() < people.size() && !down && nanoseconds.getAsLong() - begun < atMost.toNanos()) {
                int from = answers.size(), to = Math.min(people.size(), from + atOnce);
                List<Answer> round = round(callers, source, people.subList(from, to), facts);
                answers.addAll(round);
                down = round.stream().allMatch(Answer.Silent.class::isInstance);
            }
        } finally {
            callers.shutdownNow();
        }
        return answers;
    }

    private List<Answer> round(ExecutorService callers, String source, List<Subject> people, Set<String> facts) {
        List<Callable<Answer>> questions = people.stream()
                .<Callable<Answer>>map(person -> () -> sources.ask(source, person, facts))
                .toList();
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : callers.invokeAll(questions)) answers.add(answer.get());
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a source could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the application stops", e);
        }
    }
}
