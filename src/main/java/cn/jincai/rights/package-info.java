/** What a person may ask of the city about what it knows of him: a copy, an end, and that nothing is kept longer than its time (个人信息保护法 44 to 50). */
@ApplicationModule(
        displayName = "Rights",
        allowedDependencies = {
            "kernel",
            "policy",
            "policy :: forms",
            "applicant",
            "applicant :: contacts",
            "document",
            "filing",
            "filing :: messages",
            "filing :: searches",
            "review",
            "payment"
        })
@NullMarked
package cn.jincai.rights;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
