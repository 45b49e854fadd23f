/**
 * Inquiries of auditors and supervisors 审计查询: the record searched, who looked at whom and why, who approves for whom, and the file of a case as evidence that
 * anybody can check. It asks other rooms and changes nothing of theirs.
 */
@ApplicationModule(
        displayName = "Inquiry",
        allowedDependencies = {
            "kernel",
            "audit",
            "calendar",
            "applicant",
            "document",
            "filing",
            "filing :: sight",
            "policy",
            "review"
        })
@NullMarked
package cn.jincai.inquiry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
