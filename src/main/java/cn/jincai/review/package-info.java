/**
 * People's judgement on a case 审核: opinions, four eyes and recusal, waivers, panel votes, public notices, objections and decisions. The rules only
 * propose (个人信息保护法 24); what is decided here carries a person's signature.
 */
@ApplicationModule(
        displayName = "Review",
        allowedDependencies = {
            "kernel",
            "vault",
            "audit",
            "calendar",
            "filing",
            "filing :: deadlines",
            "filing :: events",
            "filing :: mandates",
            "filing :: messages",
            "assessment",
            "policy",
            "applicant",
            "applicant :: likeness",
            "registry",
            "document",
            "planning",
            "staffing"
        })
@NullMarked
package cn.jincai.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
