/**
 * Outside data sources 数据源 (identity, insurance, employer, tax ...), each asked through one small HTTP call. The city's own records are {@code planning}'s.
 */
@ApplicationModule(
        displayName = "Registry",
        allowedDependencies = {"kernel", "policy", "policy :: registers", "applicant"})
@NullMarked
package cn.jincai.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
