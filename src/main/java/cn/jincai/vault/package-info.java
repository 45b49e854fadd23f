/** What is sealed in the database: keys, sealed values bound to their row, and how all are sealed anew with another key. It does not know what it seals. */
@ApplicationModule(displayName = "Vault", allowedDependencies = "kernel")
@NullMarked
package cn.jincai.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
