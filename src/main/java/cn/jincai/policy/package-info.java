/** Policy packages 政策包: reading, checking, publishing, which one is in force on a day. A scheme is data; here it becomes typed. */
@ApplicationModule(
        displayName = "Policy",
        allowedDependencies = {"kernel", "calendar"})
@NullMarked
package cn.jincai.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
