/** Who works 人员安排: who is away and who stands in for him, with which words a task went from one to another, and what colleagues ask each other about a case. */
@ApplicationModule(
        displayName = "Staffing",
        allowedDependencies = {"kernel", "vault", "applicant", "applicant :: likeness", "filing"})
@NullMarked
package cn.jincai.staffing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
