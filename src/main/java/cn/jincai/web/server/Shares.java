package cn.jincai.web.server;

import java.util.HashMap;
import java.util.Map;

/** What sources hold at the moment: each at most its share, and all together no more than there is. */
final class Shares {
    private final int each, all;
    private final Map<String, Integer> held = new HashMap<>();
    private int sum;

    Shares(int each, int all) {
        this.each = each;
        this.all = all;
    }

    enum Taken {
        YES,
        SHARE_SPENT,
        NOTHING_LEFT
    }

    synchronized Taken take(String source) {
        if (held.getOrDefault(source, 0) >= each) return Taken.SHARE_SPENT;
        if (sum >= all) return Taken.NOTHING_LEFT;
        held.merge(source, 1, Integer::sum);
        sum++;
        return Taken.YES;
    }

    synchronized boolean isEmpty() {
        return sum == 0;
    }

    synchronized void giveBack(String source) {
        held.computeIfPresent(source, (s, n) -> n == 1 ? null : n - 1);
        sum--;
    }
}
