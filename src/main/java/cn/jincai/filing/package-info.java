/**
 * Cases 办件: draft, submission, facts with origin and day, what is missing, the clock, the timeline and the messages to people.
 * Others ask it how a case stands; it asks the rules, the sources and the documents.
 */
@ApplicationModule(
        displayName = "Filing",
        allowedDependencies = {
            "kernel",
            "vault",
            "calendar",
            "assessment",
            "assessment :: explanation",
            "policy",
            "policy :: forms",
            "policy :: registers",
            "applicant",
            "applicant :: likeness",
            "applicant :: contacts",
            "registry",
            "document",
            "planning"
        })
@NullMarked
package cn.jincai.filing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
