package cn.jincai.document;

import cn.jincai.kernel.Text;
import java.util.Arrays;

/** The documents that the city issues in a case (rulebook 7). */
enum DocumentKind {
    ACCEPTANCE_NOTICE("acceptance-notice"),
    SUPPLEMENT_NOTICE("supplement-notice"),
    NOT_ACCEPTED_NOTICE("not-accepted-notice"),
    DECISION("decision"),
    GRANT_RESUMED("grant-resumed"),
    CORRECTION("correction"),
    REVOCATION("revocation"),
    RECHECK("recheck"),
    REVIEW_OUTCOME("review-outcome"),
    EXTENSION_NOTICE("extension-notice"),
    SERVICE_CERTIFICATE("service-certificate");

    final String code;

    DocumentKind(String code) {
        this.code = code;
    }

    static DocumentKind of(String code) {
        return Arrays.stream(values())
                .filter(k -> k.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no document '" + code + "' is issued"));
    }

    Text title() {
        return Text.of("document.kind." + code);
    }

    /** 文号, as in 晋才受〔2026〕12号. */
    String number(int year, int sequence) {
        return Text.of("document.number." + code, year, sequence).zh();
    }
}
