package cn.jincai.assessment.rules;

import cn.jincai.kernel.Text;

/** A cell that says something outside the small language of cells. It becomes a finding; nobody sees it as an exception. */
public final class RefusedCell extends Exception {
    final Text text;

    RefusedCell(String key, Object... values) {
        super(key, null, false, false);
        text = Text.of(key, values);
    }
}
