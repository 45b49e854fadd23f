package cn.jincai.assessment.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.assessment.Adjustments;
import cn.jincai.assessment.oracle.RandomFacts.Person;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.CityPackages;
import cn.jincai.policy.PolicyPackage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the comparison by hand would notice: each number of the parameters one off, each day one off, each comparison of the tables turned, one at a time. */
class SharpnessTest {
    private static final int PEOPLE = 20_000;
    private static final String FOLDER = "rulesets/2026-01/";
    /** Changes that make no difference to anybody: bachelors are out of scope, and so is a certificate issued before 2017. */
    private static final Set<String> NO_DIFFERENCE = Set.of(
            "bachelorTotalFen 2000000 -> 2000001",
            "bachelorTotalFen 2000000 -> 1999999",
            "subsidyFiveFen 2017-01-01 -> 2016-12-31",
            "subsidyFourFen 2017-01-01 -> 2016-12-31",
            "subsidyThreeFen 2017-01-01 -> 2016-12-31");

    private record Change(String file, int from, int to, String text, String before) {
        String in(String content) {
            return content.substring(0, from) + text + content.substring(to);
        }

        @Override
        public String toString() {
            return before + " -> " + text;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"talent-recognition", "recruitment-subsidy", "skills-award"})
    void everySmallChangeOfTheDataIsNoticed(String scheme) {
        List<Change> changes = Stream.of(
                        numbers(scheme),
                        days(scheme),
                        comparisons(scheme, "conditions.dmn"),
                        comparisons(scheme, "benefits.dmn"))
                .flatMap(List::stream)
                .toList();
        assertThat(changes).hasSizeGreaterThan(20);
        List<String> slipped = new ArrayList<>();
        for (Change change : changes)
            if (!NO_DIFFERENCE.contains(change.toString()) && !noticed(scheme, change)) slipped.add(change.toString());
        assertThat(slipped).isEmpty();
    }

    private static boolean noticed(String scheme, Change change) {
        PolicyPackage changed;
        try {
            changed = CityPackages.with(scheme, change.file(), change::in);
        } catch (Problem refused) {
            return true;
        }
        SplittableRandom random = new SplittableRandom(99);
        for (int i = 0; i < PEOPLE; i++) {
            Person person = RandomFacts.of(scheme, random);
            HandAnswer hand = HandAnswer.assess(scheme, person.applied(), person.facts());
            if (!Difference.between(hand, Product.assess(changed, person.applied(), person.facts(), Adjustments.NONE))
                    .isEmpty()) return true;
        }
        return false;
    }

    private static List<Change> numbers(String scheme) {
        return changes(
                scheme,
                "parameters.yaml",
                "(?<=\\bis: )\\d+(?=[,}])",
                number -> List.of(
                        Long.toString(Long.parseLong(number.group()) + 1),
                        Long.toString(Long.parseLong(number.group()) - 1)));
    }

    private static List<Change> days(String scheme) {
        return changes(
                scheme,
                "parameters.yaml",
                "(?<=\\bis: )\\d{4}-\\d\\d-\\d\\d|(?<=\\n      )\\d{4}-\\d\\d-\\d\\d(?=:)",
                day -> List.of(
                        LocalDate.parse(day.group()).plusDays(1).toString(),
                        LocalDate.parse(day.group()).minusDays(1).toString()));
    }

    private static List<Change> comparisons(String scheme, String table) {
        return changes(
                scheme,
                table,
                "&[gl]t;=?(?= )",
                sign -> List.of(sign.group().endsWith("=") ? sign.group().substring(0, 4) : sign.group() + "="));
    }

    private static List<Change> changes(
            String scheme, String file, String pattern, Function<MatchResult, List<String>> instead) {
        String content = new String(CityPackages.FOLDERS.files(scheme).get(FOLDER + file), StandardCharsets.UTF_8);
        return Pattern.compile(pattern)
                .matcher(content)
                .results()
                .flatMap(found -> instead.apply(found).stream()
                        .map(text -> new Change(
                                FOLDER + file,
                                found.start(),
                                found.end(),
                                text,
                                named(content, found.start()) + " " + found.group())))
                .toList();
    }

    /** The parameter or the row of a table that a place belongs to. */
    private static String named(String content, int place) {
        return Pattern.compile("\\n  (\\w+):|<rule id=\"([^\"]+)\"")
                .matcher(content.substring(0, place))
                .results()
                .reduce((first, last) -> last)
                .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                .orElse("");
    }
}
