package cn.jincai.assessment.verification;

import cn.jincai.assessment.rules.BenefitPlan;
import cn.jincai.assessment.rules.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Which row of one version of the rules corresponds to which of the other, and what is written differently in the two. */
final class RowPairs {
    /**
     * Rows of the two versions that correspond, -1 where one has none.
     *
     * @param alike       their conditions are written the same
     * @param sameEffect  so is what they do to the verdict (and the reason that they give, where that is asked)
     * @param sameAmounts and what they pay
     */
    record Pair(int a, int b, boolean alike, boolean sameEffect, boolean sameAmounts) {}

    private final SearchModel a, b;
    private final boolean reasons;
    private final List<Pair> pairs = new ArrayList<>();
    private final int[] partner;
    private final boolean[] taken;

    /** @param reasons rows that give another reason differ */
    RowPairs(SearchModel a, SearchModel b, boolean reasons) {
        this.a = a;
        this.b = b;
        this.reasons = reasons;
        partner = new int[a.rules.rules.length];
        taken = new boolean[b.rules.rules.length];
        Arrays.fill(partner, -1);
        pairUnchanged();
        pairChanged();
        for (int i = 0; i < partner.length; i++) {
            int j = partner[i];
            pairs.add(new Pair(
                    i, j, j >= 0 && isAlike(i, j), j >= 0 && hasSameEffect(i, j), j >= 0 && hasSameAmounts(i, j)));
        }
        for (int j = 0; j < taken.length; j++) if (!taken[j]) pairs.add(new Pair(-1, j, false, false, false));
    }

    List<Pair> all() {
        return pairs;
    }

    private void pairUnchanged() {
        int next = 0;
        for (int i = 0; i < partner.length; i++)
            for (int j = next; j < taken.length; j++)
                if (isOfOneTable(i, j) && isAlike(i, j) && hasSameEffect(i, j) && hasSameAmounts(i, j)) {
                    pair(i, j);
                    next = j + 1;
                    break;
                }
    }

    /** A row that was changed stands between the same neighbours. */
    private void pairChanged() {
        for (int i = 0; i < partner.length; i++) {
            int after = -1, before = taken.length;
            for (int k = i - 1; k >= 0 && after < 0; k--) after = partner[k];
            for (int k = i + 1; k < partner.length && before == taken.length; k++)
                if (partner[k] >= 0) before = partner[k];
            for (int j = after + 1; partner[i] < 0 && j < before; j++)
                if (!taken[j] && isOfOneTable(i, j) && a.rules.rules[i].id().equals(b.rules.rules[j].id())) pair(i, j);
        }
    }

    private void pair(int i, int j) {
        partner[i] = j;
        taken[j] = true;
    }

    private boolean isOfOneTable(int i, int j) {
        return a.rules.rules[i].table().id().equals(b.rules.rules[j].table().id());
    }

    private boolean isAlike(int i, int j) {
        return a.cellMeanings[i].equals(b.cellMeanings[j]);
    }

    private boolean hasSameEffect(int i, int j) {
        Rule x = a.rules.rules[i], y = b.rules.rules[j];
        return a.canonical.effect(x).equals(b.canonical.effect(y))
                && (!reasons || Objects.equals(x.reason(), y.reason()));
    }

    private boolean hasSameAmounts(int i, int j) {
        return a.canonical.amounts(a.rules.rules[i]).equals(b.canonical.amounts(b.rules.rules[j]));
    }

    /** The better rank of the two. */
    int rank(Pair pair) {
        int x = pair.a < 0 ? 0 : a.rules.rules[pair.a].rank(), y = pair.b < 0 ? 0 : b.rules.rules[pair.b].rank();
        return x == 0 || y != 0 && y < x ? y : x;
    }

    static boolean isOf(Pair pair, BenefitPlan p, BenefitPlan q) {
        return pair.a >= 0 && SearchModel.isOf(p, pair.a) || pair.b >= 0 && SearchModel.isOf(q, pair.b);
    }

    boolean isCondition(Pair pair) {
        return rule(pair).isCondition();
    }

    boolean isOfTable(Pair pair, String table) {
        return rule(pair).table().id().equals(table);
    }

    private Rule rule(Pair pair) {
        return pair.a >= 0 ? a.rules.rules[pair.a] : b.rules.rules[pair.b];
    }
}
