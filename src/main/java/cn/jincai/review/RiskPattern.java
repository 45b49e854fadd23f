package cn.jincai.review;

import cn.jincai.kernel.Text;

/** Why a decision deserves a second look more than others. */
public enum RiskPattern {
    /** A reason was waived. */
    WAIVED("waived"),
    /** People refused a benefit that the rules gave. */
    REFUSED_BY_PEOPLE("refused-by-people"),
    /** An officer recorded a fact instead of its source. */
    RECORDED("recorded"),
    /** A promise stood in for a document. */
    PROMISED("promised"),
    /** Somebody objected to the notice. */
    OBJECTED_TO("objected-to");

    private final String code;

    RiskPattern(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public Text text() {
        return Text.of("review.pattern." + code);
    }
}
