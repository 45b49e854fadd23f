/** The doors: portal pages, the JSON API, Tasklist's door, and who may come in by which. Beside the demo's levers the only room that knows HTTP. */
@ApplicationModule(
        displayName = "Web",
        allowedDependencies = {
            "kernel",
            "calendar",
            "policy",
            "assessment",
            "assessment :: explanation",
            "assessment :: verification",
            "simulation",
            "planning",
            "applicant",
            "registry",
            "document",
            "filing",
            "review",
            "payment",
            "process",
            "audit",
            "demo"
        })
package cn.jincai.web;

import org.springframework.modulith.ApplicationModule;
