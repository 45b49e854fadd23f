/** Who did what: an append-only chain that only auditors read. It listens; nobody calls it to decide anything. */
@ApplicationModule(displayName = "Audit", allowedDependencies = "kernel")
@NullMarked
package cn.jincai.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
