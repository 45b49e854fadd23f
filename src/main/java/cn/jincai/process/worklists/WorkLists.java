package cn.jincai.process.worklists;

import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseSummary;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Money;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.process.TaskLists;
import cn.jincai.process.worklists.OpenTaskQueries.Asked;
import cn.jincai.process.worklists.OpenTaskQueries.Order;
import cn.jincai.process.worklists.OpenTaskQueries.Span;
import cn.jincai.process.worklists.OpenTaskQueries.Whose;
import cn.jincai.process.worklists.WorkList.Kind;
import cn.jincai.review.OpenTasks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An officer's lists, with how much is in each, and the cards of what is in them. Sorted by the due day, always. */
@Service
public class WorkLists {
    /** Of one's own opinions, in whose cases something may wait for others. */
    private static final int LAST_OPINIONS = 500;

    /** Beyond it nobody turns pages; whoever asks for more gets an empty one. */
    private static final long LAST_ROW = 1_000_000;

    /** What an id may look like, of a task or a case; no other text goes to the database. */
    private static final Pattern ID = Pattern.compile("[\\w-]{1,64}");

    private final OpenTaskQueries open;
    private final TaskLists tasks;
    private final CaseFile files;
    private final Cards cards;
    private final OpenTasks acts;
    private final Packages packages;
    private final CityClock clock;
    private final List<Money> amounts;

    WorkLists(
            OpenTaskQueries open,
            TaskLists tasks,
            CaseFile files,
            Cards cards,
            OpenTasks acts,
            Packages packages,
            CityClock clock,
            @Value("${jincai.work-lists.amounts}") List<Long> amounts) {
        this.open = open;
        this.tasks = tasks;
        this.files = files;
        this.cards = cards;
        this.acts = acts;
        this.packages = packages;
        this.clock = clock;
        this.amounts = amounts.stream().map(yuan -> new Money(yuan * 100)).toList();
    }

    /** @param count one beyond {@link OpenTaskQueries#MOST} where there are more */
    public record Counted(WorkList list, Text name, long count) {
        public boolean isMore() {
            return count > OpenTaskQueries.MOST;
        }
    }

    /** All lists in their order; of schemes and spans of sums only those in which something waits. */
    @Transactional(readOnly = true)
    public List<Counted> of(Actor who) {
        List<WorkList> lists = lists();
        Map<WorkList, Long> counts = counts(who, lists);
        return lists.stream()
                .filter(list -> list.of() == null || counts.getOrDefault(list, 0L) > 0)
                .map(list -> new Counted(list, name(list), counts.getOrDefault(list, 0L)))
                .toList();
    }

    private Map<WorkList, Long> counts(Actor who, List<WorkList> lists) {
        TaskReader reader = tasks.reader(who);
        List<WorkList> asked = lists.stream()
                .filter(list -> list.kind() != Kind.ALL && list.kind() != Kind.WAITING)
                .toList();
        List<Long> told = open.counts(reader, asked.stream().map(this::asked).toList());
        Map<WorkList, Long> counts = new HashMap<>();
        for (int i = 0; i < told.size(); i++) counts.put(asked.get(i), told.get(i));
        long all = counts.getOrDefault(new WorkList(Kind.MINE, null), 0L)
                + counts.getOrDefault(new WorkList(Kind.TO_TAKE, null), 0L);
        counts.put(WorkList.ALL, Math.min(all, OpenTaskQueries.MOST + 1L)); // nothing is in both
        counts.put(new WorkList(Kind.WAITING, null), (long) waiting(who, reader).size());
        return counts;
    }

    /** @param ids of tasks, in their order; of cases where it is the list of what waits for others */
    public record Found(List<Card> cards, long count) {}

    /** One page of a list; counted as {@link Counted} is. */
    @Transactional(readOnly = true)
    public Found page(Actor who, WorkList list, long first, int size) {
        long offset = Math.min(Math.max(0, first), LAST_ROW);
        TaskReader reader = tasks.reader(who);
        if (list.kind() == Kind.WAITING) {
            List<CaseSummary> waiting = waiting(who, reader);
            return new Found(
                    cards.ofCases(who, waiting.stream().skip(offset).limit(size).toList()), waiting.size());
        }
        Asked asked = asked(list);
        return new Found(
                cards.ofTasks(who, open.page(reader, asked, Order.DUE, offset, size)),
                Math.min(open.count(reader, asked, OpenTaskQueries.MOST + 1L), OpenTaskQueries.MOST + 1L));
    }

    /** How much is in a list, counted as {@link Counted} is. */
    @Transactional(readOnly = true)
    public long count(Actor who, WorkList list) {
        TaskReader reader = tasks.reader(who);
        return list.kind() == Kind.WAITING
                ? waiting(who, reader).size()
                : open.count(reader, asked(list), OpenTaskQueries.MOST + 1L);
    }

    /** The cards of these tasks and cases, as far as they are the reader's to see; the others are left out, as if there were none. */
    @Transactional(readOnly = true)
    public List<Card> cards(Actor who, Collection<String> ids) {
        Set<String> numbers =
                ids.stream().filter(CaseNumber::isOne).collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> taskIds = ids.stream()
                .filter(id -> !numbers.contains(id) && ID.matcher(id).matches())
                .toList();
        List<OpenTask> found = new ArrayList<>();
        if (!taskIds.isEmpty()) {
            TaskReader reader = tasks.reader(who);
            for (Whose whose : List.of(Whose.MINE_AND_TO_TAKE, Whose.COLLEAGUES))
                found.addAll(open.page(reader, Asked.of(whose, Span.these(taskIds)), Order.DUE, 0, taskIds.size()));
        }
        List<Card> told = new ArrayList<>(cards.ofTasks(who, found));
        if (!numbers.isEmpty())
            told.addAll(cards.ofCases(
                    who,
                    files.unfinished(who, numbers.stream().map(CaseNumber::new).toList())));
        return told;
    }

    private List<WorkList> lists() {
        Stream<WorkList> first = Stream.of(
                        Kind.ALL, Kind.MINE, Kind.TO_TAKE, Kind.DUE_TODAY, Kind.OVERDUE, Kind.REMINDED, Kind.RETURNED)
                .map(kind -> new WorkList(kind, null));
        Stream<WorkList> ofSchemes = packages.inForce().stream().map(pack -> new WorkList(Kind.SCHEME, pack.scheme()));
        Stream<WorkList> ofAmounts =
                IntStream.rangeClosed(0, amounts.size()).mapToObj(i -> new WorkList(Kind.AMOUNT, String.valueOf(i)));
        Stream<WorkList> others = Stream.of(Kind.COLLEAGUES, Kind.WAITING).map(kind -> new WorkList(kind, null));
        return Stream.of(first, others, ofSchemes, ofAmounts)
                .flatMap(Function.identity())
                .toList();
    }

    private Asked asked(WorkList list) {
        return switch (list.kind()) {
            case ALL, WAITING -> Asked.of(Whose.MINE_AND_TO_TAKE, Span.ALL);
            case MINE -> Asked.of(Whose.MINE, Span.ALL);
            case TO_TAKE -> Asked.of(Whose.TO_TAKE, Span.ALL);
            case DUE_TODAY ->
                Asked.of(
                        Whose.MINE_AND_TO_TAKE,
                        Span.due(startOf(clock.today()), startOf(clock.today().plusDays(1))));
            case OVERDUE -> Asked.of(Whose.MINE_AND_TO_TAKE, Span.RAISED);
            case REMINDED -> Asked.of(Whose.MINE_AND_TO_TAKE, Span.REMINDED);
            case RETURNED -> Asked.of(Whose.MINE_AND_TO_TAKE, Span.RETURNED);
            case SCHEME -> Asked.of(Whose.MINE_AND_TO_TAKE, Span.scheme(Objects.requireNonNull(list.of())));
            case AMOUNT -> Asked.of(Whose.MINE_AND_TO_TAKE, amount(list));
            case COLLEAGUES -> Asked.of(Whose.COLLEAGUES, Span.ALL);
        };
    }

    /** @throws Problem NOT_FOUND for a span that there is none of */
    private Span amount(WorkList list) {
        int i = span(list);
        return Span.amount(
                i == 0 ? 0 : amounts.get(i - 1).fen(),
                i == amounts.size() ? null : amounts.get(i).fen());
    }

    private int span(WorkList list) {
        String of = Objects.requireNonNull(list.of());
        if (!of.matches("\\d") || Integer.parseInt(of) > amounts.size()) throw Problem.notFound();
        return Integer.parseInt(of);
    }

    private Text name(WorkList list) {
        String key = "process.list." + list.kind().code();
        if (list.kind() == Kind.SCHEME) return Objects.requireNonNull(cards.scheme(list.of()));
        if (list.kind() != Kind.AMOUNT) return Text.of(key);
        int i = span(list);
        if (i == 0) return Text.of(key + ".below", yuan(amounts.get(0)));
        return i == amounts.size()
                ? Text.of(key + ".from", yuan(amounts.get(i - 1)))
                : Text.of(key + ".between", yuan(amounts.get(i - 1)), yuan(amounts.get(i)));
    }

    private static String yuan(Money sum) {
        return String.format("%,d", sum.fen() / 100);
    }

    /** Cases in which the reader has said something and now others act: another office, the employer, the applicant, the bank. */
    private List<CaseSummary> waiting(Actor who, TaskReader reader) {
        List<CaseSummary> unfinished = files.unfinished(who, Set.copyOf(acts.lastCases(who.account(), LAST_OPINIONS)));
        if (unfinished.isEmpty()) return unfinished;
        Span theirs = Span.ofCases(unfinished.stream().map(CaseSummary::number).toList());
        Set<CaseNumber> own =
                open.page(reader, Asked.of(Whose.MINE_AND_TO_TAKE, theirs), Order.DUE, 0, LAST_OPINIONS).stream()
                        .map(OpenTask::number)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        return unfinished.stream().filter(file -> !own.contains(file.number())).toList();
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(CityClock.ZONE).toInstant();
    }
}
