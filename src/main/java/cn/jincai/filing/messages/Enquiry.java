package cn.jincai.filing.messages;

import cn.jincai.kernel.CaseNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an applicant asked about his case, and what the office answered.
 *
 * @param answeredBy the officer's account, for officers alone; null while nothing was answered
 * @param answeredAs the code of the role in which he answered, which is what the applicant sees; null as long
 * @param answeredAt null as long
 * @param answer     null as long
 */
public record Enquiry(
        long id,
        CaseNumber number,
        Instant askedAt,
        String question,
        @Nullable String answeredBy,
        @Nullable String answeredAs,
        @Nullable Instant answeredAt,
        @Nullable String answer) {
    /** Who answered is a role to him, and no account. */
    public Enquiry asTheApplicantSeesIt() {
        return new Enquiry(id, number, askedAt, question, null, answeredAs, answeredAt, answer);
    }
}
