/** Papers of a case: evidence 材料 that people hand in, checked by content, and documents 文书 that the city issues as PDF. Files lie encrypted outside the web root. */
@ApplicationModule(
        displayName = "Document",
        allowedDependencies = {"kernel", "vault", "audit"})
@NullMarked
package cn.jincai.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
