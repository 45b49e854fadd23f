/** Money going out 拨付: orders, budget lines, batches, the bank's answers, runs. Pays a benefit once (rulebook 7.10 to 7.12). */
@ApplicationModule(
        displayName = "Payment",
        allowedDependencies = {
            "kernel",
            "vault",
            "calendar",
            "filing",
            "filing :: events",
            "review",
            "review :: notice",
            "review :: standing",
            "assessment",
            "policy",
            "policy :: registers",
            "applicant",
            "applicant :: likeness",
            "registry",
            "planning"
        })
@NullMarked
package cn.jincai.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
