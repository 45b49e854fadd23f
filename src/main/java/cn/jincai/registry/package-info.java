/**
 * Outside data sources 数据源 (identity, insurance, employer, tax ...), each asked through one small HTTP call. The city's own records are {@code planning}'s.
 */
@ApplicationModule(
        displayName = "Registry",
        allowedDependencies = {"kernel", "policy", "applicant"})
package cn.jincai.registry;

import org.springframework.modulith.ApplicationModule;
