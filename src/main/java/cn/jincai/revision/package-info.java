/**
 * What comes after a decision 后续事项: it is corrected, revoked, looked at again each year, and what a reconsideration or a court decided is done. The first decision stays as it was; each matter has a diagram and a numbered document of its own, and a
 * case has one at a time.
 */
@ApplicationModule(
        displayName = "Revision",
        allowedDependencies = {
            "kernel",
            "vault",
            "filing",
            "review",
            "review :: standing",
            "payment",
            "policy",
            "policy :: revision",
            "applicant",
            "document"
        })
@NullMarked
package cn.jincai.revision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
