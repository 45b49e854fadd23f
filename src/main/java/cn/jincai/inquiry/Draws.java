package cn.jincai.inquiry;

import cn.jincai.inquiry.Pairs.Pair;
import cn.jincai.inquiry.Pairs.Review;
import cn.jincai.inquiry.Pairs.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a fair draw would have given to whom, among reviews of the same scheme, step and district. */
final class Draws {
    private final List<Review> reviews;
    /** How many reviews each person has in each draw, and how many it has in all. */
    private final Map<String, Map<String, Integer>> his = new HashMap<>();

    private final Map<String, Integer> all = new HashMap<>();

    Draws(List<Review> reviews) {
        this.reviews = reviews;
        for (Review r : reviews) {
            his.computeIfAbsent(r.draw(), draw -> new HashMap<>()).merge(r.account(), 1, Integer::sum);
            all.merge(r.draw(), 1, Integer::sum);
        }
    }

    /** With whom this review makes a pair: the key of a person, an employer's code, an account; null where there is none. */
    static @Nullable String other(With with, Review r) {
        return switch (with) {
            case APPLICANT -> r.person();
            case EMPLOYER -> r.employer();
            case NEXT -> r.next();
        };
    }

    private static final class Count {
        private long reviewed, approved;
        private @Nullable Review first;

        void add(With with, Review r) {
            reviewed++;
            if (r.approved() && (with != With.NEXT || r.nextApproved())) approved++;
            if (first == null) first = r;
        }
    }

    /** @param least reviews that a pair has at least */
    List<Pair> pairs(With with, int least) {
        Map<String, List<Review>> byOther = new HashMap<>();
        for (Review r : reviews) {
            String side = with == With.NEXT ? r.account() : other(with, r);
            if (side != null && other(with, r) != null)
                byOther.computeIfAbsent(side, s -> new ArrayList<>()).add(r);
        }
        List<Pair> pairs = new ArrayList<>();
        byOther.values().forEach(of -> add(pairs, with, of, least));
        return pairs;
    }

    /** @param of all reviews of one applicant or employer, or all of one reviewer's that somebody reviewed after him */
    private void add(List<Pair> pairs, With with, List<Review> of, int least) {
        Map<String, Count> counts = new HashMap<>();
        for (Review r : of)
            counts.computeIfAbsent(drawn(with, r), account -> new Count()).add(with, r);
        counts.forEach((account, count) -> {
            Review first = count.first;
            if (first == null || count.reviewed < least) return;
            double expected = 0, variance = 0;
            long drawnFor = 0;
            for (Review r : of) {
                double chance = chance(with, r, account);
                if (chance == 0) continue; // he reviews nothing there
                drawnFor++;
                expected += chance;
                variance += chance * (1 - chance);
            }
            double deviation = variance == 0 ? 0 : (count.reviewed - expected) / Math.sqrt(variance);
            boolean next = with == With.NEXT;
            pairs.add(new Pair(
                    with,
                    next ? first.account() : account,
                    null,
                    next ? account : null,
                    first.number(),
                    count.reviewed,
                    count.approved,
                    drawnFor,
                    expected,
                    deviation));
        });
    }

    /** To whom the review fell that is looked at. */
    private static String drawn(With with, Review r) {
        return with == With.NEXT ? String.valueOf(r.next()) : r.account();
    }

    /** How probably it would have fallen to this person. Whoever reviewed before can't be drawn (four eyes). */
    private double chance(With with, Review r, String account) {
        String draw = with == With.NEXT ? String.valueOf(r.nextDraw()) : r.draw();
        Map<String, Integer> each = his.getOrDefault(draw, Map.of());
        int of = all.getOrDefault(draw, 0);
        if (with == With.NEXT) of -= each.getOrDefault(r.account(), 0);
        return of <= 0 ? 0 : (double) each.getOrDefault(account, 0) / of;
    }
}
