/** What is reached over HTTP: portal pages, the JSON API and Tasklist, and who may use which. Beside the demo's controls the only room that knows HTTP. */
@ApplicationModule(
        displayName = "Web",
        allowedDependencies = {
            "kernel",
            "vault",
            "calendar",
            "policy",
            "policy :: registers",
            "policy :: forms",
            "policy :: editing",
            "policy :: revision",
            "assessment",
            "assessment :: explanation",
            "assessment :: verification",
            "simulation",
            "planning",
            "applicant",
            "applicant :: likeness",
            "applicant :: contacts",
            "registry",
            "document",
            "filing",
            "filing :: messages",
            "filing :: sight",
            "filing :: searches",
            "filing :: archive",
            "review",
            "revision",
            "payment",
            "rights",
            "process",
            "process :: bulk",
            "process :: worklists",
            "audit",
            "sampling",
            "demo"
        })
package cn.jincai.web;

import org.springframework.modulith.ApplicationModule;
