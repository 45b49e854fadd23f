/**
 * What-if 政策试算: two packages on the same people, made up or from the archive, and what the other one would cost. It looks at people in groups only; of its runs it keeps the figures.
 */
@ApplicationModule(
        displayName = "Simulation",
        allowedDependencies = {
            "kernel",
            "calendar",
            "policy",
            "assessment",
            "assessment :: explanation",
            "assessment :: rules",
            "assessment :: verification",
            "filing",
            "filing :: archive"
        })
@NullMarked
package cn.jincai.simulation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
