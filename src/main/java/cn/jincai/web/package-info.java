/** The doors: portal pages, the JSON API, Tasklist's door, and who may come in by which. The only room that knows HTTP. */
@ApplicationModule(
        displayName = "Web",
        allowedDependencies = {
            "kernel",
            "calendar",
            "policy",
            "assessment",
            "applicant",
            "registry",
            "document",
            "filing",
            "review",
            "payment",
            "process",
            "audit"
        })
package cn.jincai.web;

import org.springframework.modulith.ApplicationModule;
