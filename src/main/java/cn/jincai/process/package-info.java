/**
 * The engine 流程: deploys packages, starts and moves cases, lets people take and hand in their tasks, and lets time pass. It decides nothing; each step
 * asks the room that owns it. The only room that knows the engine.
 */
@ApplicationModule(
        displayName = "Process",
        allowedDependencies = {
            "kernel",
            "vault",
            "calendar",
            "policy",
            "policy :: registers",
            "policy :: forms",
            "assessment",
            "applicant",
            "registry",
            "document",
            "filing",
            "filing :: deadlines",
            "filing :: events",
            "filing :: sight",
            "review",
            "revision",
            "review :: discretion",
            "review :: notice",
            "payment",
            "staffing"
        })
@NullMarked
package cn.jincai.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
