/** Assessment 资格测算: facts, package and governing date to verdict, benefits and reasons. It stores no case and knows no scheme; of what-if runs it keeps the figures. */
@ApplicationModule(
        displayName = "Assessment",
        allowedDependencies = {"kernel", "calendar", "policy"})
package cn.jincai.assessment;

import org.springframework.modulith.ApplicationModule;
