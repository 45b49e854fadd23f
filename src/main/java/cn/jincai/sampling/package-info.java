/** Monthly samples 稽核: of what was decided in a month some cases are drawn by lot and looked at once more, with what was found and what became of it. */
@ApplicationModule(
        displayName = "Sampling",
        allowedDependencies = {"kernel", "vault", "audit", "review"})
@NullMarked
package cn.jincai.sampling;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
