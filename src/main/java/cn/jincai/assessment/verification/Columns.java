package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.Symbol;
import cn.jincai.kernel.Period;
import cn.jincai.policy.Computation;
import cn.jincai.policy.Percent;
import cn.jincai.policy.PolicyPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts over which cases range: the application date, and those of a scheme or of two versions of it. */
public final class Columns {
    public static final int APPLICATION_DATE = 0;
    /** Columns that may follow from facts, at least; with few facts there are more, up to {@link #FEW} in all. */
    private static final int FOLLOWING = 32, FEW = 64;
    /** Groups of codes that a box can tell apart. */
    private static final int GROUPS = 63;
    /** Days that are looked at: every working life, and every day on which somebody applied or may yet apply. */
    private static final long FIRST = LocalDate.of(1920, 1, 1).toEpochDay(),
            FIRST_APPLICATION = LocalDate.of(2010, 1, 1).toEpochDay(),
            LAST = LocalDate.of(2049, 12, 31).toEpochDay();

    private static final long LEAST = Long.MIN_VALUE / 4;
    private static final int USUAL_AGE = 30, USUAL_WAIT = 60;

    /**
     * @param codes  of a text, flag or list, of a long list one of each group that no rule tells apart; empty for a text that may be anything
     * @param groups the place in {@code codes} of every code of a long list; empty for others
     * @param coarse codes that rules tell apart are in one group, as there are too many
     * @param absent a case in which it is not told may stand for more than "nobody knows": known to be none, or a value
     * @param birth  years are counted from it
     * @param ahead  a day that may come after the application
     * @param period what is counted, of a period
     */
    public record Column(
            String name,
            Scheme.Type type,
            List<String> codes,
            Map<String, Integer> groups,
            boolean coarse,
            boolean numbers,
            long least,
            long most,
            boolean absent,
            boolean birth,
            boolean ahead,
            Period.@Nullable Kind period) {
        boolean isNumber() {
            return type == Scheme.Type.INTEGER
                    || type == Scheme.Type.FEN
                    || type == Scheme.Type.PERCENT
                    || type == Scheme.Type.PERIOD
                    || type == Scheme.Type.DATE;
        }

        boolean isGrouped() {
            return !groups.isEmpty();
        }

        /** Where a code stands; -1 where it is none. */
        public int code(String code) {
            return groups.isEmpty() ? codes.indexOf(code) : groups.getOrDefault(code, -1);
        }

        boolean isList() {
            return type == Scheme.Type.LIST;
        }

        public long all() {
            int count = Math.max(1, codes.size());
            return count >= 64 ? -1 : (1L << count) - 1;
        }
    }

    private final List<Column> columns = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private final MonthColumns months;
    private final long today;
    private final int most;

    /** @param today for examples that people can picture */
    public Columns(LocalDate today, PolicyPackage... packages) {
        this.today = today.toEpochDay();
        add(new Column(
                Scheme.APPLICATION_DATE,
                Scheme.Type.DATE,
                List.of(),
                Map.of(),
                false,
                false,
                FIRST_APPLICATION,
                LAST,
                false,
                false,
                false,
                null));
        Scheme[] versions = Stream.of(packages).map(PolicyPackage::catalogue).toArray(Scheme[]::new);
        for (Scheme version : versions)
            for (Scheme.Fact fact : version.facts()) {
                if (fact.type() == Scheme.Type.SERIES) continue; // what is made of it is searched instead
                Integer known = byName.get(fact.name());
                if (known == null) add(column(fact, versions));
                else columns.set(known, union(columns.get(known), column(fact, versions)));
            }
        months = new MonthColumns(packages);
        for (Scheme.Fact made : months.facts()) add(column(made, versions));
        for (int c = 0; c < columns.size(); c++)
            if (columns.get(c).codes().size() > GROUPS + 1)
                columns.set(c, new CodeGroups(columns.get(c), packages).grouped(GROUPS));
        most = Math.max(FEW, columns.size() + 1 + FOLLOWING); // one more for a twin
    }

    /** Rules tell apart more codes than can be searched. */
    boolean isCoarse() {
        return columns.stream().anyMatch(Column::coarse);
    }

    /** A form limits what is entered of it by numbers or choices. */
    static boolean isLimited(Scheme.Type type) {
        return type != Scheme.Type.DATE && type != Scheme.Type.SERIES && type != Scheme.Type.PERIOD;
    }

    private void add(Column column) {
        byName.put(column.name(), columns.size());
        columns.add(column);
    }

    private static Column column(Scheme.Fact fact, Scheme[] versions) {
        boolean birth = List.of(versions).stream()
                .flatMap(v -> v.rules().derived().stream())
                .anyMatch(
                        d -> d.as() == Computation.completedYears && fact.name().equals(d.from()));
        List<String> codes = fact.type() == Scheme.Type.BOOLEAN
                ? Symbol.FLAGS
                : fact.values().stream().map(Scheme.Value::code).toList();
        Period.Kind period = fact.type() == Scheme.Type.PERIOD ? fact.periodKind() : null;
        long
                least =
                        fact.type() == Scheme.Type.DATE
                                ? FIRST
                                : period != null
                                        ? Period.on(period, LocalDate.ofEpochDay(FIRST_APPLICATION))
                                                .number()
                                        : fact.min(),
                most =
                        fact.type() == Scheme.Type.DATE
                                ? LAST
                                : period != null
                                        ? Period.on(period, LocalDate.ofEpochDay(LAST))
                                                .number()
                                        : fact.most();
        return new Column(
                fact.name(),
                fact.type(),
                codes,
                Map.of(),
                false,
                fact.numbers(),
                least,
                most,
                !fact.absent().equals(Scheme.Absent.UNKNOWN),
                birth,
                fact.mayLieAhead(),
                period);
    }

    private static Column union(Column a, Column b) {
        List<String> codes = new ArrayList<>(a.codes());
        b.codes().stream().filter(c -> !codes.contains(c)).forEach(codes::add);
        return new Column(
                a.name(),
                a.type(),
                codes,
                Map.of(),
                false,
                a.numbers(),
                Math.min(a.least(), b.least()),
                Math.max(a.most(), b.most()),
                a.absent() || b.absent(),
                a.birth() || b.birth(),
                a.ahead() || b.ahead(),
                a.period());
    }

    /**
     * A column for something that follows from facts: years counted, or the truth of a comparison. The box may be cut there first, before any day is; whether the
     * facts allow what is then left is looked at last.
     *
     * @param key the same for what is the same in two versions
     * @return -1 where no column is left
     */
    int following(String key) {
        Integer known = byName.get(key);
        if (known != null) return known;
        if (columns.size() == most) return -1;
        add(new Column(
                key, Scheme.Type.INTEGER, List.of(), Map.of(), false, false, LEAST, -LEAST, false, false, false, null));
        return columns.size() - 1;
    }

    boolean isTold(int column) {
        return at(column).least() != LEAST;
    }

    /** A second column for the same fact: a case and the same case with another value of it. */
    public int twin(int column) {
        columns.add(columns.get(column));
        return columns.size() - 1;
    }

    public int size() {
        return columns.size();
    }

    public Column at(int column) {
        return columns.get(column);
    }

    /** @return -1 for a fact that no version has */
    public int of(String name) {
        return byName.getOrDefault(name, -1);
    }

    /** All cases. @param unknown whether facts may also be unknown, not only absent where that means something */
    public Box all(boolean unknown) {
        Box box = new Box(most); // with room for what follows
        for (int c = 0; c < most; c++) {
            box.status[c] = Box.KNOWN;
            box.lo[c] = LEAST;
            box.hi[c] = -LEAST;
            if (c >= size() || !isTold(c)) continue;
            Column column = at(c);
            box.status[c] = c != APPLICATION_DATE && (unknown || column.absent()) ? Box.ABSENT | Box.KNOWN : Box.KNOWN;
            box.lo[c] = column.isNumber() ? column.least() : column.isList() ? 0 : column.all();
            box.hi[c] = column.isNumber() ? column.most() : column.isList() ? column.all() : 0;
        }
        return box;
    }

    /** Nobody tells a day after the application: such a slip counts as unknown (rulebook 2.10). */
    boolean isPossible(Box box) {
        for (int c = 1; c < size(); c++)
            if (isPast(c) && box.status[c] == Box.KNOWN && box.lo[c] > box.hi[APPLICATION_DATE]) return false;
        return true;
    }

    /** A day that nobody tells who applies before it. */
    boolean isPast(int column) {
        return at(column).type() == Scheme.Type.DATE && !at(column).ahead();
    }

    boolean isOne(Box box, int column) {
        if (box.status[column] == Box.ABSENT) return true;
        if (box.status[column] != Box.KNOWN) return false;
        return at(column).isNumber() || at(column).isList()
                ? box.lo[column] == box.hi[column]
                : Long.bitCount(box.lo[column]) == 1;
    }

    /** One case of the box, as usual as it allows: known rather than unknown, near today, of a common age, small numbers. */
    public Box example(Box box) {
        Box one = box.copy();
        long day = near(box, APPLICATION_DATE, today);
        for (int c = 1; c < size(); c++) if (isPast(c) && box.status[c] == Box.KNOWN) day = Math.max(day, box.lo[c]);
        one.lo[APPLICATION_DATE] = one.hi[APPLICATION_DATE] = day;
        for (int c = 1; c < size(); c++) {
            boolean known = (box.status[c] & Box.KNOWN) != 0 && (!isPast(c) || box.lo[c] <= day);
            one.status[c] = known ? Box.KNOWN : Box.ABSENT;
            if (!known) continue;
            Column column = at(c);
            if (column.type() == Scheme.Type.DATE)
                one.lo[c] = one.hi[c] = Math.min(
                        column.ahead() ? Long.MAX_VALUE : day,
                        near(box, c, day - (column.birth() ? USUAL_AGE * 365L : USUAL_WAIT)));
            else if (column.period() != null)
                one.lo[c] = one.hi[c] = near(
                        box,
                        c,
                        Period.on(column.period(), LocalDate.ofEpochDay(day)).number() - 1L);
            else if (column.isNumber() && isTold(c)) one.hi[c] = box.lo[c];
            else if (column.isNumber()) {
                one.lo[c] = LEAST;
                one.hi[c] = -LEAST;
            } else if (column.isList()) one.hi[c] = box.lo[c];
            else one.lo[c] = Long.lowestOneBit(box.lo[c]);
        }
        return one;
    }

    private static long near(Box box, int column, long wanted) {
        return Math.max(box.lo[column], Math.min(box.hi[column], wanted));
    }

    /** The column of what is made of months, in this version. */
    public int ofMonths(Scheme version, Scheme.Derived made) {
        return of(months.name(version, made.name()));
    }

    /** Such a value as the fact that it is searched as; null for a column of something else. */
    Scheme.@Nullable Fact ofMonths(int column) {
        return months.fact(at(column).name());
    }

    public LocalDate applied(Box one) {
        return LocalDate.ofEpochDay(one.lo[APPLICATION_DATE]);
    }

    /** The facts of one case as an assessment takes them; a twin overrides its fact where {@code second} is asked for. */
    public Map<String, Object> facts(Box one, boolean second) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (int c = 1; c < size(); c++) {
            Column column = at(c);
            if (!isTold(c) || of(column.name()) != c && !second) continue;
            facts.remove(column.name());
            if (one.status[c] == Box.KNOWN) facts.put(column.name(), value(column, one.lo[c]));
        }
        return facts;
    }

    /** The same for this version, with what is made of months there. */
    Map<String, Object> facts(Box one, Scheme version) {
        Map<String, Object> facts = facts(one, false);
        for (Scheme.Derived made : version.rules().derived()) {
            int c = made.isOfMonths() ? ofMonths(version, made) : -1;
            if (c < 0) continue;
            facts.remove(made.name());
            if (one.status[c] == Box.KNOWN) facts.put(made.name(), value(at(c), one.lo[c]));
        }
        return facts;
    }

    private static Object value(Column column, long value) {
        return switch (column.type()) {
            case DATE -> LocalDate.ofEpochDay(value);
            case INTEGER, FEN -> value;
            case PERIOD -> new Period(Objects.requireNonNull(column.period()), (int) value).written();
            case SERIES -> throw new IllegalStateException("nothing searches over months");
            case PERCENT -> Percent.value(value);
            case BOOLEAN -> value == 2;
            case TEXT -> column.codes().isEmpty() ? "-" : column.codes().get(Long.numberOfTrailingZeros(value));
            case LIST -> {
                List<Object> items = new ArrayList<>();
                for (long bits = value; bits != 0; bits &= bits - 1) {
                    String code = column.codes().get(Long.numberOfTrailingZeros(bits));
                    items.add(column.numbers() ? (Object) Long.valueOf(code) : code);
                }
                yield items;
            }
        };
    }
}
