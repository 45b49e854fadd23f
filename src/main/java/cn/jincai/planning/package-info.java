/**
 * What a person has been granted and what more he may apply for 就高不重复: the city's own records, earlier grants loaded from lists, all schemes at once and the best order of applications.
 */
@ApplicationModule(
        displayName = "Planning",
        allowedDependencies = {"kernel", "calendar", "policy", "policy :: forms", "assessment", "applicant"})
@NullMarked
package cn.jincai.planning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
