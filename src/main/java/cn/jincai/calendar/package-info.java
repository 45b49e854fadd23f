/** Time as the law counts it: working days by the State Council's yearly notices, periods, completed years. The notices are data. */
@ApplicationModule(
        displayName = "Calendar",
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"kernel"})
package cn.jincai.calendar;

import org.springframework.modulith.ApplicationModule;
