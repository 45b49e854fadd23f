package cn.jincai.assessment.rules;

/** A cell that says something outside the small language of cells. It becomes a finding; nobody sees it as an exception. */
public final class RefusedCell extends Exception {
    final String zh;
    final String en;

    RefusedCell(String zh, String en) {
        super(en, null, false, false);
        this.zh = zh;
        this.en = en;
    }
}
