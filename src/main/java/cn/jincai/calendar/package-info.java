/** Time as the law counts it: working days by the State Council's yearly notices, periods, completed years. The notices are data. */
@ApplicationModule(displayName = "Calendar", type = ApplicationModule.Type.OPEN, allowedDependencies = "kernel")
@NullMarked
package cn.jincai.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
