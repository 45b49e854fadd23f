package cn.jincai.assessment;

/** A cell that says something outside the small language of cells. It becomes a finding; nobody sees it as an exception. */
final class Refused extends Exception {
    final String zh;
    final String en;

    Refused(String zh, String en) {
        super(en, null, false, false);
        this.zh = zh;
        this.en = en;
    }
}
