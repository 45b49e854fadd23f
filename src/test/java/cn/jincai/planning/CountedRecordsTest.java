package cn.jincai.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import cn.jincai.applicant.Persons;
import cn.jincai.kernel.Problem;
import cn.jincai.policy.MadeUpPackage;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What own records can count: in a time of months, since a day, of what was paid; the applicant's, the spouse's, the employer's. */
@Tag("issue-16.4")
class CountedRecordsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);

    /** The count of the made-up scheme's {@code advance}, written otherwise. */
    private static Scheme counting(String count) {
        return MadeUpPackage.with(
                        "scheme.yaml",
                        s -> s.replace(
                                        "count: {of: amountFen, benefits: [OLD_HOUSE_MONEY], within: life}",
                                        "count: " + count)
                                .replace(
                                        "\nreasons:",
                                        "\n  - {name: spouseNumber, type: text, source: applicant, label: {zh: 配偶证件号码, en: Spouse's number}}"
                                                + "\n  - {name: noSpouseNumber, type: text, whenAbsent: none, source: applicant, label: {zh: 配偶证件号码, en: Spouse's number}}"
                                                + "\nreasons:"))
                .catalogue();
    }

    private static EarlierGrant granted(long fen, String on) {
        return new EarlierGrant(
                "OLD_HOUSE_MONEY", fen, null, null, null, null, null, LocalDate.parse(on), null, Map.of());
    }

    private static Object counted(String count, Map<String, Object> known, EarlierGrant... grants) {
        return OwnRecords.of(counting(count), List.of(grants), known, TODAY).get("advance");
    }

    /** The period of 36 months that began on the day of the decision is over once the corresponding day is (Civil Code, articles 201 and 202). */
    @ParameterizedTest(name = "granted on {0}: {1}")
    @CsvSource({"2023-03-15, 500", "2023-03-14, 0", "2026-03-15, 500", "2024-02-29, 500"})
    void whatWasGrantedInTheLast36Months(String on, long counts) {
        assertThat(counted(
                        "{of: amountFen, benefits: [OLD_HOUSE_MONEY], within: {months: 36}}",
                        Map.of(),
                        granted(500, on)))
                .isEqualTo(counts);
    }

    @Test
    void theTimeMayEndOnAFactOrBeginWithOne() {
        String until = "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {months: 12, until: movedInOn}}",
                since = "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {since: movedInOn}}";
        Map<String, Object> moved = Map.of("movedInOn", LocalDate.of(2025, 6, 1));
        EarlierGrant before = granted(1, "2025-05-31"),
                on = granted(1, "2025-06-01"),
                after = granted(1, "2025-06-02"),
                long0 = granted(1, "2024-05-31");
        assertThat(counted(until, moved, before, on, after, long0)).isEqualTo(2L);
        assertThat(counted(since, moved, before, on, after, long0)).isEqualTo(2L);
    }

    /** Where the day is not known a grant may count or not, so nobody can say how many; where there is none there is nothing to ask. */
    @Test
    void anUnknownDayMakesTheCountUnknown() {
        String since = "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {since: movedInOn}}";
        assertThat(counted(since, Map.of(), granted(1, "2025-06-02"))).isNull();
        assertThat(counted(since, Map.of())).isEqualTo(0L);
    }

    @Test
    void monthsOfWhatWasGrantedAddUp() {
        EarlierGrant monthly = new EarlierGrant(
                "OLD_HOUSE_MONEY",
                2_400_000,
                null,
                100_000L,
                null,
                null,
                null,
                LocalDate.of(2025, 1, 1),
                null,
                Map.of());
        assertThat(counted(
                        "{of: grantedMonths, benefits: [OLD_HOUSE_MONEY], within: life}",
                        Map.of(),
                        monthly,
                        monthly,
                        granted(5, "2025-01-01")))
                .isEqualTo(48L);
    }

    // ---- whose

    private final Persons persons = mock(Persons.class);
    private final EarlierGrantLists books = mock(EarlierGrantLists.class);
    private final GrantRecords room = mock(GrantRecords.class);
    private final OwnRecords records = new OwnRecords(List.of(room), books, persons);

    CountedRecordsTest() {
        when(books.kept()).thenReturn(Set.of("OLD_HOUSE_MONEY", "HOUSE_MONEY"));
        when(persons.key(anyString(), anyString())).thenAnswer(c -> "key of " + c.getArgument(1));
        when(persons.documents(any())).thenAnswer(c -> new TreeSet<>(Set.of(c.<String>getArgument(0))));
        when(room.of("applicant")).thenReturn(List.of(granted(100, "2026-01-02")));
        when(room.of("key of 350582198001010011")).thenReturn(List.of(granted(7_000, "2026-01-02")));
        when(room.paid("applicant")).thenReturn(List.of(granted(40, "2026-01-09")));
        when(room.ofEmployer("91350582MA00000000"))
                .thenReturn(List.of(granted(3, "2026-01-02"), granted(4, "2026-01-02")));
    }

    private Object ofCase(String count, Map<String, Object> known) {
        return records.of(counting(count), new OwnRecords.Subject("applicant", "91350582MA00000000"), TODAY, known)
                .get("advance");
    }

    @Test
    void theSpousesGrantsAreFoundByTheNumberThatAFactHolds() {
        String spouse = "{of: amountFen, benefits: [OLD_HOUSE_MONEY], within: life, whose: spouse, by: spouseNumber}";
        assertThat(ofCase(spouse, Map.of("spouseNumber", "350582198001010011"))).isEqualTo(7_000L);
        assertThat(ofCase(spouse, Map.of("spouseNumber", "350582199001010012"))).isEqualTo(0L);
        assertThat(ofCase(spouse, Map.of())).as("nobody said who that is").isNull();
        assertThat(ofCase(spouse.replace("spouseNumber", "noSpouseNumber"), Map.of()))
                .as("who names none has none")
                .isEqualTo(0L);
    }

    @Test
    void theEmployersGrantsAreThoseOfAllWhoWorkThere() {
        String employer = "{of: amountFen, benefits: [OLD_HOUSE_MONEY], within: life, whose: employer}";
        assertThat(ofCase(employer, Map.of())).isEqualTo(7L);
        assertThat(ofCase(employer.replace("employer}", "employer, by: spouseNumber}"), Map.of()))
                .isNull();
    }

    @Test
    void whatHasGoneOutIsAnotherSumThanWhatWasDecided() {
        assertThat(ofCase("{of: paidFen, benefits: [OLD_HOUSE_MONEY], within: life}", Map.of()))
                .isEqualTo(40L);
        assertThat(ofCase("{of: amountFen, benefits: [OLD_HOUSE_MONEY], within: life}", Map.of()))
                .isEqualTo(100L);
    }

    /** Two spouses whose cases are signed at the same moment wait for each other in one order, and never in a circle. */
    @Test
    void whoseGrantsCountIsHeldInTheOrderOfTheKeys() {
        Scheme scheme =
                counting("{of: amountFen, benefits: [OLD_HOUSE_MONEY], within: life, whose: spouse, by: spouseNumber}");
        records.hold(
                scheme,
                new OwnRecords.Subject("zz", null),
                new HashMap<>(Map.of("spouseNumber", "350582198001010011")));
        var order = inOrder(persons);
        order.verify(persons).lock("key of 350582198001010011");
        order.verify(persons).lock("zz");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {months: 0}}                        | MONTHS",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {}}                                 | SPAN",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {since: movedInOn, months: 3}}      | SPAN",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {since: craft}}                     | UNKNOWN_NAME",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: {weeks: 3}}                         | UNKNOWN_KEY",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: life, whose: neighbour}             | UNKNOWN_WORD",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: life, whose: spouse}                | MISSING",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: life, whose: spouse, by: craft}     | BY",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: life, by: spouseNumber}             | BY_NOBODY",
                "{of: paidFen, benefits: [OLD_HOUSE_MONEY], within: life, sameFacts: [craft]}         | TOLD_APART",
                "{of: cases, benefits: [OLD_HOUSE_MONEY], within: life, whose: employer, sameFacts: [craft]} | TOLD_APART"
            })
    void whatCannotBeCountedIsToldWithItsPlace(String count, String code) {
        Problem refused = org.junit.jupiter.api.Assertions.assertThrows(Problem.class, () -> counting(count));
        assertThat(refused.mistakes())
                .anyMatch(m -> m.code().equals(code) && m.field().startsWith("scheme.yaml"));
    }
}
