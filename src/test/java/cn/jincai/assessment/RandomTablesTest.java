package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.calendar.WorkingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever tables somebody writes in the language of cells: read, compiled and asked, they say what the stock DMN engine says of the same tables. */
class RandomTablesTest {
    private static final long SEED = 20_261_126;
    private static final int SCHEMES = 60, PEOPLE = LongRun.of(120);
    private final WorkingCalendar calendar = CityCalendar.calendar();

    @Test
    void theStockEngineFiresTheSameRowsInTheSameOrder() {
        Random random = new Random(SEED);
        TreeSet<String> kinds = new TreeSet<>();
        int tables = 0, fired = 0, silent = 0, open = 0;
        for (int n = 0; n < SCHEMES; n++) {
            RandomTables made = new RandomTables(random, kinds);
            SchemeRules rules = new SchemeRules(made.policy);
            StockTables stock = new StockTables(made.plain, new RememberingFeel());
            tables += made.hitPolicies.size();
            for (int person = 0; person < PEOPLE; person++) {
                LocalDate applied = RandomTables.BASE.plusDays(random.nextInt(5) - 2);
                Map<String, Object> facts = made.facts(applied, person % 3 == 0 ? 6 : 0);
                Slots slots = rules.vocabulary.slots(applied, facts);
                Evaluation done = Evaluation.of(rules.on(slots, Set.of()), slots, calendar, Adjustments.NONE);
                Map<String, List<String>> ours = new TreeMap<>(),
                        theirs = stock.firedByTable(StockTables.variables(done, facts));
                made.hitPolicies.keySet().forEach(table -> ours.put(table, new ArrayList<>()));
                for (Rule rule : done.rules.rules) {
                    if (done.isFired(rule.number())) ours.get(rule.table().id()).add(rule.id());
                    else if (done.isUndecided(rule.number()))
                        theirs.get(rule.table().id())
                                .remove(rule.id()); // what is not known is not for the referee to judge
                    if (done.isFired(rule.number())) fired++;
                    else if (done.isUndecided(rule.number())) open++;
                    else silent++;
                }
                if (!theirs.equals(ours))
                    assertThat(ours)
                            .as("%s %s\n%s", applied, facts, cells(done, ours, theirs))
                            .isEqualTo(theirs);
            }
        }
        assertThat(tables).isGreaterThanOrEqualTo(300);
        assertThat(fired).isGreaterThan(160 * PEOPLE);
        assertThat(silent).isGreaterThan(500 * PEOPLE);
        assertThat(open).isGreaterThan(25 * PEOPLE);
        assertThat(kinds).hasSize(27);
    }

    private static String cells(Evaluation done, Map<String, List<String>> ours, Map<String, List<String>> theirs) {
        StringBuilder cells = new StringBuilder();
        for (Rule rule : done.rules.rules)
            if (ours.get(rule.table().id()).contains(rule.id())
                    != theirs.get(rule.table().id()).contains(rule.id()))
                cells.append(rule.id())
                        .append(' ')
                        .append(rule.table().columns())
                        .append(' ')
                        .append(rule.row().cells())
                        .append('\n');
        return cells.toString();
    }
}
