/** The engine: deploys packages, starts and moves cases and runs, hands the tasks of people to the rooms. It decides nothing itself. */
@ApplicationModule(displayName = "Process", allowedDependencies = {"kernel", "calendar", "policy", "assessment", "applicant", "registry", "document", "filing", "review", "payment"})
package cn.jincai.process;

import org.springframework.modulith.ApplicationModule;
