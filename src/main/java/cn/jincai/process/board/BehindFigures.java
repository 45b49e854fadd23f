package cn.jincai.process.board;

import cn.jincai.filing.sight.CaseNames;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Text;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Step;
import cn.jincai.process.TaskLists;
import cn.jincai.process.board.CaseClocks.Signed;
import cn.jincai.process.worklists.Card;
import cn.jincai.process.worklists.Cards;
import cn.jincai.process.worklists.DoneTasks;
import cn.jincai.process.worklists.DoneTasks.Done;
import cn.jincai.process.worklists.OpenTaskFigures;
import cn.jincai.process.worklists.OpenTaskFigures.Part;
import cn.jincai.process.worklists.OpenTaskFigures.Which;
import cn.jincai.process.worklists.TaskReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tasks and cases behind each figure of the board, with names so far as the reader's roles see them on lists. */
@Service
public class BehindFigures {
    private final OpenTaskFigures tasks;
    private final DoneTasks done;
    private final CaseClocks clocks;
    private final TaskLists lists;
    private final Cards cards;
    private final CaseNames names;
    private final Packages packages;

    BehindFigures(
            OpenTaskFigures tasks,
            DoneTasks done,
            CaseClocks clocks,
            TaskLists lists,
            Cards cards,
            CaseNames names,
            Packages packages) {
        this.tasks = tasks;
        this.done = done;
        this.clocks = clocks;
        this.lists = lists;
        this.cards = cards;
        this.names = names;
        this.packages = packages;
    }

    /** @param which as {@link Which} is called @throws Problem NOT_FOUND for another */
    @Transactional(readOnly = true)
    public Page<Card> tasks(Actor who, Part part, String which, int page, int size) {
        Which of = Which.of(which).orElseThrow(Problem::notFound);
        TaskReader reader = lists.reader(who);
        return new Page<>(
                cards.ofTasks(who, tasks.page(reader, part, of, Page.offset(page, size), Page.size(size))),
                page,
                Page.size(size),
                tasks.count(reader, part, of));
    }

    /** The last ones that were done, at most {@link Board#LAST}. */
    @Transactional(readOnly = true)
    public List<Done> done(Actor who, Part part) {
        return done.last(lists.reader(who), part, Board.LAST);
    }

    /**
     * A case whose clock has not ended.
     *
     * @param person     so much of the name as lists tell; null where the reader's roles see none
     * @param step       where it stands
     * @param stands     its days don't count there
     * @param extended   more time was given
     */
    public record Running(
            CaseNumber number,
            @Nullable Text scheme,
            @Nullable String person,
            Text step,
            LocalDate promisedBy,
            LocalDate lawfulBy,
            boolean stands,
            boolean extended) {}

    /** @param which as in {@link Board.SchemeLine} @throws Problem NOT_FOUND for another */
    @Transactional(readOnly = true)
    public Page<Running> cases(Actor who, @Nullable String scheme, String which, int page, int size) {
        CaseClocks.Which of = CaseClocks.Which.of(which).orElseThrow(Problem::notFound);
        TaskReader reader = lists.reader(who);
        List<CaseClocks.Row> rows = clocks.page(reader, of, scheme, Page.offset(page, size), Page.size(size));
        Map<CaseNumber, String> people =
                names.onLists(who, rows.stream().map(CaseClocks.Row::number).toList());
        return new Page<>(
                rows.stream()
                        .map(row -> new Running(
                                row.number(),
                                cards.scheme(row.scheme()),
                                people.get(row.number()),
                                packages.steps(row.hash())
                                        .find(row.stage())
                                        .orElseGet(() -> Step.undeclared(row.stage()))
                                        .status(),
                                row.promisedBy(),
                                row.lawfulBy(),
                                row.stands(),
                                row.extended()))
                        .toList(),
                page,
                Page.size(size),
                clocks.count(reader, of, scheme));
    }

    /** The last ones that were signed, at most {@link Board#LAST}. */
    @Transactional(readOnly = true)
    public List<Signed> signed(Actor who, @Nullable String scheme) {
        return clocks.signed(lists.reader(who), scheme, Board.LAST);
    }
}
