/** Words without a room of their own. Everybody may use them; they use nobody. */
@ApplicationModule(
        displayName = "Kernel",
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
package cn.jincai.kernel;

import org.springframework.modulith.ApplicationModule;
