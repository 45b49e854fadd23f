/** Who did what: an append-only chain that only auditors read. It listens; nobody calls it to decide anything. */
@ApplicationModule(displayName = "Audit", allowedDependencies = "kernel")
package cn.jincai.audit;

import org.springframework.modulith.ApplicationModule;
