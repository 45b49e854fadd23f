package cn.jincai.process.bulk;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.payment.PlainPayments;
import cn.jincai.policy.Step;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.TaskRef;
import cn.jincai.process.TaskLists;
import cn.jincai.process.TaskLists.Waiting;
import cn.jincai.review.PlainCase;
import cn.jincai.review.PlainCases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Which of the tasks that somebody holds or may take are alike: of one scheme, at one step, and payments that were made together. */
@Service
public class LikeTasks {
    /** So many are approved together at most, and of so many it is looked whether they are plain. */
    public static final int MOST = 500;

    private static final Comparator<Waiting> FIRST_DUE = Comparator.comparing(
                    Waiting::due, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(w -> String.valueOf(w.number()))
            .thenComparing(Waiting::id);

    private final TaskLists lists;
    private final PlainCases cases;
    private final PlainPayments payments;
    private final BulkTable bulks;

    LikeTasks(TaskLists lists, PlainCases cases, PlainPayments payments, BulkTable bulks) {
        this.lists = lists;
        this.cases = cases;
        this.payments = payments;
        this.bulks = bulks;
    }

    /**
     * Tasks that are alike.
     *
     * @param batch in which the payments were made, where they were made together; null otherwise
     */
    public record Alike(String scheme, Step step, @Nullable Long batch, List<Waiting> tasks) {}

    /** One of them, with what it would come to or why it is done by itself. */
    public record Candidate(Waiting task, PlainCase plain) {}

    /** The outcome by which tasks go on together at this step; null where each is done by itself. */
    static @Nullable String approving(Step step) {
        return step.kind().isOfPayment() ? PlainPayments.approving(step) : PlainCases.approving(step);
    }

    /** What there is to approve together, the largest first. */
    public List<Alike> of(Actor who) {
        List<Alike> all = alike(read(who));
        return all.stream()
                .sorted(Comparator.comparingInt((Alike a) -> a.tasks.size()).reversed())
                .toList();
    }

    /** Those at this step, the first due first, no more than {@link #MOST}; each looked at. */
    public List<Candidate> candidates(Actor who, String scheme, String step, @Nullable Long batch) {
        return alike(together(lists.alike(who, scheme, step, 2 * MOST))).stream()
                .filter(a -> a.scheme.equals(scheme) && Objects.equals(a.batch, batch))
                .flatMap(a -> a.tasks.stream())
                .sorted(FIRST_DUE)
                .limit(MOST)
                .map(task -> new Candidate(task, told(who, ref(task))))
                .toList();
    }

    private static TaskRef ref(Waiting task) {
        return new TaskRef(
                task.id(),
                task.step(),
                task.number(),
                task.run(),
                task.payment() == null ? null : Long.toString(task.payment().id()));
    }

    /** What it comes to without a word of a person's own; why not, where it is done by itself or this person may not. */
    PlainCase told(Actor who, TaskRef task) {
        try {
            return look(who, task);
        } catch (Problem refused) {
            return PlainCase.leftOut(words(refused));
        }
    }

    /** @throws Problem FORBIDDEN with the reason, or whatever keeps the case from being decided */
    PlainCase look(Actor who, TaskRef task) {
        return task.step().kind().isOfPayment() ? payments.look(who, task) : cases.look(who, task);
    }

    /** Why: the sentence about it, where a problem has several mistakes the first of them. */
    static Text words(Problem refused) {
        return refused.mistakes().isEmpty()
                ? refused.text()
                : refused.mistakes().get(0).message();
    }

    private List<Waiting> read(Actor who) {
        List<Waiting> all = new ArrayList<>();
        for (int page = 0; page * Page.LARGEST < 2 * MOST; page++) {
            Page<Waiting> found = lists.list(who, null, null, page, Page.LARGEST);
            all.addAll(found.items());
            if (all.size() >= found.total() || found.items().isEmpty()) break;
        }
        return together(all);
    }

    /** Of these those that can be approved with others and do not wait for that already. */
    private List<Waiting> together(List<Waiting> all) {
        Set<String> waiting = bulks.due(all.stream().map(Waiting::id).toList()).keySet();
        return all.stream()
                .filter(t -> !waiting.contains(t.id())
                        && t.number() != null
                        && t.run() == null
                        && t.scheme() != null
                        && approving(t.step()) != null
                        && (t.payment() == null || t.step().kind().isOfPayment()))
                .toList();
    }

    private List<Alike> alike(List<Waiting> tasks) {
        Map<Long, Long> batches = new LinkedHashMap<>();
        tasks.stream()
                .filter(t -> t.step().is(Kind.CHECKS_PAYMENT) && t.payment() != null)
                .map(t -> t.step().key())
                .distinct()
                .forEach(step -> batches.putAll(bulks.before(
                        tasks.stream()
                                .filter(t -> t.step().key().equals(step))
                                .map(Waiting::payment)
                                .filter(Objects::nonNull)
                                .map(TaskLists.OfPayment::id)
                                .toList(),
                        step)));
        record Key(
                @Nullable String scheme,
                String step,
                @Nullable Long batch) {}
        Map<Key, List<Waiting>> by = new LinkedHashMap<>();
        for (Waiting task : tasks) {
            Long batch =
                    task.payment() == null ? null : batches.get(task.payment().id());
            by.computeIfAbsent(new Key(task.scheme(), task.step().key(), batch), k -> new ArrayList<>())
                    .add(task);
        }
        return by.entrySet().stream()
                .map(e -> new Alike(
                        Objects.requireNonNull(e.getKey().scheme()),
                        e.getValue().get(0).step(),
                        e.getKey().batch(),
                        List.copyOf(e.getValue())))
                .toList();
    }
}
