package cn.jincai.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.LongRun;
import cn.jincai.assessment.rules.Cell;
import cn.jincai.assessment.rules.Evaluation;
import cn.jincai.assessment.rules.Rule;
import cn.jincai.assessment.rules.SchemeRules;
import cn.jincai.assessment.rules.Slots;
import cn.jincai.calendar.WorkingCalendar;
import cn.jincai.policy.CityPackages;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where every fact is known, the stock DMN engine decides the same rows over the same tables. Null checks on what is known to be none included. It is asked
 * about as many people as the plain reading, which is why its cells are remembered; of the first people it is asked without.
 */
class RefereeTest {
    private static final int PERSONS = LongRun.of(100_000), WITHOUT_MEMORY = 200;
    private final WorkingCalendar calendar = CityCalendar.calendar();

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void theStockEngineFiresTheSameRows(String scheme) {
        SchemeRules rules = new SchemeRules(CityPackages.of(scheme));
        RememberingFeel feel = new RememberingFeel();
        StockTables stock = new StockTables(CityPackages.of(scheme), feel),
                forgetful = new StockTables(CityPackages.of(scheme));
        BoundaryCase cases = new BoundaryCase(CityPackages.of(scheme));
        Random random = new Random(scheme.hashCode());
        int compared = 0;
        for (int n = 0; n < PERSONS; n++) {
            LocalDate applied = cases.applied(random);
            Map<String, Object> facts = cases.facts(applied, random, 0);
            Slots slots = rules.vocabulary.slots(applied, facts);
            Evaluation done = Evaluation.of(rules.on(slots, Set.of()), slots, calendar, Adjustments.NONE);
            Set<String> known = new TreeSet<>();
            Set<String> unsure = new TreeSet<>();
            for (Rule rule : done.rules.rules) {
                String name = rule.table().id() + " " + rule.id();
                if (done.isFired(rule.number())) known.add(name);
                // null against a number, and a day that may still move, are not for the referee to judge
                if (done.isUndecided(rule.number()) || readsNone(rule, slots)) unsure.add(name);
            }
            Map<String, Object> variables = StockTables.variables(done, facts);
            Set<String> fired = stock.fired(variables);
            if (n < WITHOUT_MEMORY)
                assertThat(forgetful.fired(variables)).as(applied + " " + facts).isEqualTo(fired);
            fired.removeAll(unsure);
            known.removeAll(unsure);
            if (!fired.equals(known))
                assertThat(known).as(applied + " " + facts).isEqualTo(fired);
            compared += known.size();
        }
        assertThat(compared).isGreaterThan(PERSONS);
        assertThat(feel.asked()).isGreaterThan(PERSONS / 10); // of many values and not of few
    }

    private static boolean readsNone(Rule rule, Slots slots) {
        for (Cell cell : rule.cells()) if (!cell.checksNull() && slots.isAnyNone(cell.reads())) return true;
        return false;
    }
}
