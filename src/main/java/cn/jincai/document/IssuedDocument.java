package cn.jincai.document;

import cn.jincai.kernel.Text;
import java.time.Instant;

/**
 * A document that the city issued in a case.
 *
 * @param kind   acceptance-notice, supplement-notice, not-accepted-notice, decision, grant-resumed, extension-notice, correction, revocation, recheck, review-outcome or service-certificate
 * @param number 文号, such as 晋才受〔2026〕12号
 */
public record IssuedDocument(long id, String kind, Text title, String number, Instant at) {}
