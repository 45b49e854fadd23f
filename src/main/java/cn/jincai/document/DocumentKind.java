package cn.jincai.document;

import cn.jincai.kernel.Text;
import java.util.Arrays;

/** The documents that the city issues in a case (rulebook 7). */
enum DocumentKind {
    ACCEPTANCE_NOTICE("acceptance-notice", "受理通知书", "Notice of acceptance", "受"),
    SUPPLEMENT_NOTICE("supplement-notice", "一次性告知书", "Notice of everything to be mended", "补"),
    NOT_ACCEPTED_NOTICE("not-accepted-notice", "不予受理通知书", "Notice of non-acceptance", "不受"),
    DECISION("decision", "决定书", "Decision", "决");

    final String code;
    final Text title;
    private final String word;

    DocumentKind(String code, String zh, String en, String word) {
        this.code = code;
        this.title = new Text(zh, en);
        this.word = word;
    }

    static DocumentKind of(String code) {
        return Arrays.stream(values())
                .filter(k -> k.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no document '" + code + "' is issued"));
    }

    /** 文号, as in 晋才受〔2026〕12号. */
    String number(int year, int sequence) {
        return "晋才" + word + "〔" + year + "〕" + sequence + "号";
    }
}
