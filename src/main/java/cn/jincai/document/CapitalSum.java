package cn.jincai.document;

/** A sum as it is written on cheques and decisions, so that nobody adds a stroke 大写金额 (票据法 8; 支付结算办法 附一): 人民币贰仟元整. */
final class CapitalSum {
    private static final String DIGITS = "零壹贰叁肆伍陆柒捌玖";
    private static final String[] PLACES = {"", "拾", "佰", "仟"}, GROUPS = {"", "万", "亿"};
    private static final int GROUP = 10_000;

    private CapitalSum() {}

    /** @param fen from 0 to below 1,000,000,000,000 yuan */
    static String of(long fen) {
        if (fen < 0 || fen / 100 >= 1_000_000_000_000L)
            throw new IllegalArgumentException("no sum that is written in capitals: " + fen + " fen");
        long yuan = fen / 100;
        int jiao = (int) (fen % 100 / 10), rest = (int) (fen % 10);
        var written = new StringBuilder("人民币");
        if (yuan > 0) written.append(whole(yuan)).append('元');
        if (fen == 0) written.append("零元");
        if (jiao > 0) written.append(DIGITS.charAt(jiao)).append('角');
        else if (rest > 0 && yuan > 0) written.append('零');
        if (rest > 0) written.append(DIGITS.charAt(rest)).append('分');
        else written.append('整');
        return written.toString();
    }

    /** Noughts within are one 零, those at the end of a group are none. */
    private static String whole(long yuan) {
        var written = new StringBuilder();
        boolean nought = false;
        for (int group = GROUPS.length - 1; group >= 0; group--) {
            int part = (int) (yuan / (long) Math.pow(GROUP, group) % GROUP);
            if (part == 0) {
                nought = !written.isEmpty();
                continue;
            }
            for (int place = 3, left = part, power = 1000; place >= 0; place--, power /= 10) {
                int digit = left / power;
                left %= power;
                if (digit == 0) {
                    nought = !written.isEmpty();
                } else {
                    if (nought) written.append(DIGITS.charAt(0));
                    written.append(DIGITS.charAt(digit)).append(PLACES[place]);
                    nought = false;
                }
                if (left == 0) break;
            }
            nought = part % 10 == 0 && !written.isEmpty() && nought;
            written.append(GROUPS[group]);
        }
        return written.toString();
    }
}
