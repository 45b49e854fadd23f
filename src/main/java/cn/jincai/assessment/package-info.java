/** Assessment 资格测算: facts, package and governing date to verdict, benefits and reasons. It stores nothing and knows no scheme. */
@ApplicationModule(
        displayName = "Assessment",
        allowedDependencies = {"kernel", "calendar", "policy", "policy :: forms"})
@NullMarked
package cn.jincai.assessment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
