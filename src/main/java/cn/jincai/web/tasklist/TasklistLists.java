package cn.jincai.web.tasklist;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.process.worklists.Card;
import cn.jincai.process.worklists.OpenTaskQueries;
import cn.jincai.process.worklists.WorkList;
import cn.jincai.process.worklists.WorkLists;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An officer's lists in the shape of the engine's filters and tasks, for Tasklist to draw. Of a task it is told its id and what it is called; what a card says comes from {@code /api/work-lists/cards}. */
class TasklistLists {
    private static final int LARGEST_PAGE = 50;

    private final WorkLists lists;

    TasklistLists(WorkLists lists) {
        this.lists = lists;
    }

    List<Map<String, Object>> filters(Actor who, Locale locale) {
        List<WorkLists.Counted> all = lists.of(who);
        return IntStream.range(0, all.size())
                .mapToObj(i -> Map.<String, Object>of(
                        "id",
                        all.get(i).list().code(),
                        "resourceType",
                        "Task",
                        "name",
                        all.get(i).name().in(locale),
                        "query",
                        Map.of(),
                        "properties",
                        Map.of("priority", i, "refresh", true, "variables", List.of(), "showUndefinedVariable", false)))
                .toList();
    }

    /**
     * @param count at most 500
     * @param more  whether there are more than are counted
     */
    record Counted(String code, String kind, Text name, long count, boolean more) {
        static Counted of(WorkLists.Counted counted) {
            return new Counted(
                    counted.list().code(),
                    counted.list().kind().code(),
                    counted.name(),
                    Math.min(counted.count(), OpenTaskQueries.MOST),
                    counted.isMore());
        }
    }

    List<Counted> counted(Actor who) {
        return lists.of(who).stream().map(Counted::of).toList();
    }

    /** @param ids of tasks, or numbers of cases that wait for others; what is none of his business is left out. @throws Problem INVALID for too many */
    List<Card> cards(Actor who, List<String> ids) {
        if (ids.size() > LARGEST_PAGE) throw Problem.invalid("id", "web.cards.TOO_MANY", LARGEST_PAGE);
        return lists.cards(who, ids);
    }

    /** @throws Problem NOT_FOUND for a list that there is not */
    long count(Actor who, String list) {
        return lists.count(who, find(list));
    }

    /** @param hal whether as Tasklist asks for it, with the count */
    Object page(Actor who, String list, long first, int size, boolean hal, Locale locale) {
        WorkLists.Found found = lists.page(who, find(list), first, Math.min(Math.max(1, size), LARGEST_PAGE));
        List<Map<String, @Nullable Object>> tasks =
                found.cards().stream().map(card -> task(who, card, locale)).toList();
        return hal ? Map.of("_links", Map.of(), "_embedded", Map.of("task", tasks), "count", found.count()) : tasks;
    }

    private static WorkList find(String list) {
        return WorkList.find(list).orElseThrow(Problem::notFound);
    }

    private static Map<String, @Nullable Object> task(Actor who, Card card, Locale locale) {
        Map<String, @Nullable Object> task = new LinkedHashMap<>();
        task.put("id", card.id());
        task.put("name", name(card, locale));
        task.put("taskDefinitionKey", card.step());
        task.put("assignee", card.mine() ? who.account() : card.assignee());
        task.put("due", day(card.lastDay()));
        task.put("_embedded", Map.of());
        return task;
    }

    /** The link of a card: the case and what is to do there. */
    private static String name(Card card, Locale locale) {
        String what = card.todo().in(locale);
        String of = card.number() == null ? card.run() : card.number().value();
        return of == null ? what : of + " " + what;
    }

    private static @Nullable String day(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }
}
