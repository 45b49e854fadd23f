package cn.jincai.planning;

import cn.jincai.applicant.Persons;
import cn.jincai.policy.Scheme;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What this house has granted and paid a person before, counted for each fact as the scheme says ({@code count} in scheme.yaml). What is decided and
 * not yet paid counts as paid (rulebook 3). Where a grant may count or not, since a fact that tells them apart is unknown, so is the count.
 */
@Component
public class OwnRecords {
    private final List<GrantRecords> rooms;
    private final EarlierGrantLists books;
    private final Persons persons;

    OwnRecords(List<GrantRecords> rooms, EarlierGrantLists books, Persons persons) {
        this.rooms = rooms;
        this.books = books;
        this.persons = persons;
    }

    /** Whom the records of a case are about. @param employer code of the employer that the case names, or null */
    public record Subject(String personKey, @Nullable String employer) {}

    /**
     * Typed values; what nobody holds ({@code level} of none) and what can't be told is absent.
     *
     * @param known facts of the case by which earlier grants are told apart
     */
    public Map<String, Object> of(
            Scheme scheme, Subject subject, LocalDate applicationDate, Map<String, Object> known) {
        return of(scheme, scheme.facts(), subject, applicationDate, known);
    }

    /** For one line of a roster. @param known facts of the claim and of the line */
    public Map<String, Object> ofLine(
            Scheme scheme, Subject subject, LocalDate applicationDate, Map<String, Object> known) {
        Scheme.Roster roster = scheme.applying().roster();
        return roster == null
                ? Map.of()
                : of(
                        scheme,
                        roster.facts().stream()
                                .flatMap(name -> scheme.fact(name).stream())
                                .toList(),
                        subject,
                        applicationDate,
                        known);
    }

    private Map<String, Object> of(
            Scheme scheme,
            List<Scheme.Fact> these,
            Subject subject,
            LocalDate applicationDate,
            Map<String, Object> known) {
        Map<String, Object> facts = new HashMap<>();
        Map<Object, Optional<List<EarlierGrant>>> asked = new HashMap<>();
        for (Scheme.Fact fact : these) {
            Scheme.Count count = fact.count();
            if (!fact.isOwnRecords() || count == null) continue;
            boolean paid = count.of().equals("paidFen");
            Object counted = asked.computeIfAbsent(
                            List.of(count.whose(), paid), key -> grants(scheme, count.whose(), paid, subject, known))
                    .map(grants -> count(count, grants, known, applicationDate))
                    .orElse(null);
            if (counted != null) facts.put(fact.name(), counted);
        }
        Set<String> kept = books.kept();
        these.stream()
                .filter(f -> f.count() != null && !kept.containsAll(f.count().benefits()))
                .forEach(f -> facts.remove(f.name()));
        return facts;
    }

    /** Empty where it is not known whose they are. */
    private Optional<List<EarlierGrant>> grants(
            Scheme scheme, Scheme.Whose whose, boolean paid, Subject subject, Map<String, Object> known) {
        if (whose.isEmployer()) {
            String code = whose.by() == null ? subject.employer() : (String) known.get(whose.by());
            return code == null ? nobody(scheme, whose) : Optional.of(from(r -> r.ofEmployer(code.strip())));
        }
        String key = key(whose, subject, known);
        return key == null
                ? nobody(scheme, whose)
                : Optional.of(persons.documents(key).stream()
                        .flatMap(document -> from(r -> paid ? r.paid(document) : r.of(document)).stream())
                        .toList());
    }

    private List<EarlierGrant> from(Function<GrantRecords, List<EarlierGrant>> asked) {
        return rooms.stream().flatMap(r -> asked.apply(r).stream()).toList();
    }

    private @Nullable String key(Scheme.Whose whose, Subject subject, Map<String, Object> known) {
        if (whose.isPerson()) return subject.personKey();
        return known.get(whose.by()) instanceof String number && !number.isBlank()
                ? persons.key("RESIDENT_ID", number)
                : null;
    }

    /** Nobody was named: there is nobody only where the fact says so (rulebook 2.10). */
    private static Optional<List<EarlierGrant>> nobody(Scheme scheme, Scheme.Whose whose) {
        boolean none = whose.by() != null
                && scheme.fact(whose.by()).map(f -> f.absent().none()).orElse(false);
        return none ? Optional.of(List.of()) : Optional.empty();
    }

    /** Nobody else decides on the grants that this case counts, until this transaction ends: the person's first of all, then in the order of their keys. */
    public void hold(Scheme scheme, Subject subject, Map<String, Object> known) {
        SortedSet<String> keys = new TreeSet<>(Set.of(subject.personKey()));
        for (Scheme.Fact fact : scheme.facts()) {
            if (fact.count() == null || fact.count().whose().isEmployer()) continue;
            String key = key(fact.count().whose(), subject, known);
            if (key != null) keys.add(key);
        }
        keys.forEach(persons::lock);
        scheme.facts().stream()
                .filter(f -> f.count() != null && f.count().whose().isEmployer())
                .map(f -> f.count().whose().by() == null
                        ? subject.employer()
                        : (String) known.get(f.count().whose().by()))
                .filter(Objects::nonNull)
                .map(String::strip)
                .distinct()
                .sorted()
                .forEach(code -> rooms.forEach(r -> r.holdEmployer(code)));
    }

    /** Of the applicant himself. @param known facts of the case by which earlier ones are told apart */
    public static Map<String, Object> of(
            Scheme scheme, List<EarlierGrant> grants, Map<String, Object> known, LocalDate on) {
        Map<String, Object> facts = new HashMap<>();
        for (Scheme.Fact fact : scheme.facts()) {
            if (!fact.isOwnRecords()
                    || fact.count() == null
                    || !fact.count().whose().isPerson()) continue;
            Object counted = count(fact.count(), grants, known, on);
            if (counted != null) facts.put(fact.name(), counted);
        }
        return facts;
    }

    private static @Nullable Object count(
            Scheme.Count count, List<EarlierGrant> grants, Map<String, Object> known, LocalDate on) {
        List<EarlierGrant> all = grants.stream()
                .filter(g -> count.benefits().contains(g.benefit()))
                .filter(g -> isWithin(count, g, known, on, true))
                .toList();
        List<EarlierGrant> these = all.stream()
                .filter(g -> isWithin(count, g, known, on, false) && concerns(count, g, known, false))
                .toList();
        boolean told = all.stream().filter(g -> concerns(count, g, known, true)).count() == these.size()
                || count.of().equals("exists") && !these.isEmpty();
        return told ? count(count, these) : null;
    }

    private static @Nullable Object count(Scheme.Count count, List<EarlierGrant> these) {
        return switch (count.of()) {
            case "amountFen" -> amount(these);
            case "paidFen" -> these.stream().mapToLong(EarlierGrant::amountFen).sum();
            case "grantedMonths" ->
                these.stream()
                        .filter(g -> g.monthlyFen() != null && g.monthlyFen() > 0)
                        .mapToLong(g -> g.amountFen() / g.monthlyFen())
                        .sum();
            case "months" ->
                these.stream()
                        .map(EarlierGrant::months)
                        .filter(Objects::nonNull)
                        .mapToLong(Integer::longValue)
                        .sum();
            case "cases" -> (long) these.size();
            case "periods" -> periods(count, these);
            case "exists" -> !these.isEmpty();
            case "level" ->
                these.stream()
                        .map(EarlierGrant::level)
                        .filter(Objects::nonNull)
                        .map(Integer::longValue)
                        .min(Long::compare)
                        .orElse(null);
            case "instalments" ->
                these.stream()
                        .map(EarlierGrant::instalment)
                        .filter(Objects::nonNull)
                        .map(Integer::longValue)
                        .distinct()
                        .sorted()
                        .toList();
            case "levels" ->
                these.stream().flatMap(g -> collected(count, g)).distinct().collect(Collectors.toList());
            default -> throw new IllegalArgumentException("own records can't count '" + count.of() + "'");
        };
    }

    /** An upgrade pays its own rate for the months that are left (rulebook 4): of what it replaced only the months used up until then count. */
    private static long amount(List<EarlierGrant> these) {
        long sum = 0;
        Map<String, Long> leftToTheNext = new HashMap<>();
        for (EarlierGrant grant : these.stream()
                .sorted(Comparator.comparing(EarlierGrant::decidedOn).reversed())
                .toList()) {
            if (grant.monthlyFen() == null || grant.monthlyFen() == 0) {
                sum += grant.amountFen();
                continue;
            }
            long left = grant.amountFen() / grant.monthlyFen();
            sum += Math.max(0, left - leftToTheNext.getOrDefault(grant.benefit(), 0L)) * grant.monthlyFen();
            leftToTheNext.merge(grant.benefit(), left, Math::max);
        }
        return sum;
    }

    /** Whether the grant is about the same as this case; where an unknown fact leaves that open, {@code whenUnknown}. */
    private static boolean concerns(
            Scheme.Count count, EarlierGrant grant, Map<String, Object> known, boolean whenUnknown) {
        for (String fact : count.sameFacts()) {
            Object theirs = grant.facts().get(fact), mine = known.get(fact);
            if (theirs == null || mine == null
                    ? !whenUnknown
                    : !theirs.toString().equals(mine.toString())) return false; // JSON gives whole numbers as it likes
        }
        return count.matching() == null || matches(count.matching(), grant, known, whenUnknown);
    }

    /** How many periods: two claims for one quarter are one. Null where a grant does not say for which it was. */
    private static @Nullable Long periods(Scheme.Count count, List<EarlierGrant> these) {
        List<Object> told = these.stream()
                .map(g -> g.facts().get(count.fact()))
                .filter(Objects::nonNull)
                .toList();
        return told.size() < these.size()
                ? null
                : told.stream().map(Object::toString).distinct().count();
    }

    /** A grant that does not name what the case's fact stands for does not rest on it. */
    private static boolean matches(
            Scheme.Matching matching, EarlierGrant grant, Map<String, Object> known, boolean whenUnknown) {
        Object theirs = grant.facts().get(matching.theirs()), mine = known.get(matching.mine());
        List<?> named = theirs instanceof List<?> list ? list : theirs == null ? List.of() : List.of(theirs);
        Collection<String> wanted = mine != null
                ? Stream.ofNullable(matching.values().get(mine.toString())).toList()
                : whenUnknown ? matching.values().values() : List.of();
        return named.stream().anyMatch(n -> wanted.contains(n.toString()));
    }

    private static Stream<String> collected(Scheme.Count count, EarlierGrant grant) {
        Object value = grant.facts().get(count.fact());
        String prefix = count.prefix().getOrDefault(grant.benefit(), "");
        return value == null ? Stream.empty() : Stream.of(prefix + value);
    }

    private static boolean isWithin(
            Scheme.Count count, EarlierGrant grant, Map<String, Object> known, LocalDate on, boolean whenUnknown) {
        return switch (count.within()) {
            case "span" -> isWithin(count.span(), grant, known, on, whenUnknown);
            case "calendarYear" -> grant.decidedOn().getYear() == on.getYear();
            case "inForce" -> grant.validUntil() == null || !grant.validUntil().isBefore(on);
            default -> true;
        };
    }

    /** A time of months is over when the corresponding day is; the first and the last day count. */
    private static boolean isWithin(
            Scheme.Span span, EarlierGrant grant, Map<String, Object> known, LocalDate on, boolean whenUnknown) {
        String named = span.since() != null ? span.since() : span.until();
        Object day = named.equals(Scheme.APPLICATION_DATE) ? on : known.get(named);
        if (!(day instanceof LocalDate end)) return whenUnknown;
        if (span.since() != null) return !grant.decidedOn().isBefore(end);
        return !grant.decidedOn().isAfter(end)
                && !grant.decidedOn().plusMonths(span.months()).isBefore(end);
    }
}
