package cn.jincai.filing;

import cn.jincai.policy.Scheme;
import cn.jincai.registry.EarlierGrant;
import cn.jincai.registry.GrantBook;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What this house has granted and paid a person before, counted for each fact as the scheme says ({@code count} in scheme.yaml). What is decided and
 * not yet paid counts as paid (rulebook 3).
 */
@Component
class OwnRecords {
    private final List<GrantBook> rooms;

    OwnRecords(List<GrantBook> rooms) {
        this.rooms = rooms;
    }

    /** Typed values; what nobody holds ({@code level} of none) is absent. */
    Map<String, Object> of(Scheme scheme, Case file, Map<String, Object> known) {
        List<EarlierGrant> grants = rooms.stream().flatMap(r -> r.of(file.personKey()).stream()).toList();
        Map<String, Object> facts = new HashMap<>();
        for (Scheme.Fact fact : scheme.facts()) {
            if (!fact.isOwnRecords() || fact.count() == null) continue;
            Object counted = count(fact.count(), grants, known, file.applicationDate());
            if (counted != null) facts.put(fact.name(), counted);
        }
        return facts;
    }

    private static Object count(Scheme.Count count, List<EarlierGrant> grants, Map<String, Object> known, LocalDate on) {
        List<EarlierGrant> these = grants.stream().filter(g -> count.benefits().contains(g.benefit())).filter(g -> isWithin(count.within(), g, on))
            .filter(g -> count.sameFacts().stream().allMatch(f -> same(g.facts().get(f), known.get(f)))).toList();
        return switch (count.of()) {
            case "amountFen" -> these.stream().mapToLong(EarlierGrant::amountFen).sum();
            case "months" -> these.stream().map(EarlierGrant::months).filter(Objects::nonNull).mapToLong(Integer::longValue).sum();
            case "cases" -> (long) these.size();
            case "exists" -> !these.isEmpty();
            case "level" -> these.stream().map(EarlierGrant::level).filter(Objects::nonNull).map(Integer::longValue).min(Long::compare).orElse(null);
            case "instalments" -> these.stream().map(EarlierGrant::instalment).filter(Objects::nonNull).map(Integer::longValue).distinct().sorted().toList();
            case "levels" -> these.stream().flatMap(g -> collected(count, g)).distinct().collect(Collectors.toList());
            default -> throw new IllegalArgumentException("own records can't count '" + count.of() + "'");
        };
    }

    private static Stream<String> collected(Scheme.Count count, EarlierGrant grant) {
        Object value = grant.facts().get(count.fact());
        String prefix = count.prefix().getOrDefault(grant.benefit(), "");
        return value == null ? Stream.empty() : Stream.of(prefix + value);
    }

    private static boolean isWithin(String within, EarlierGrant grant, LocalDate on) {
        return switch (within) {
            case "calendarYear" -> grant.decidedOn().getYear() == on.getYear();
            case "inForce" -> grant.validUntil() == null || !grant.validUntil().isBefore(on);
            default -> true;
        };
    }

    /** JSON gives whole numbers as it likes; the same number is the same. */
    private static boolean same(Object a, Object b) {
        return a != null && b != null && a.toString().equals(b.toString());
    }
}
