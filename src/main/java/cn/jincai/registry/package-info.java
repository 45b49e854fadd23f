/**
 * Outside data sources 数据源 (identity, insurance, employer, tax ...), each asked through one small HTTP call, and the demo's simulator of
 * them. The city's own records answer through {@link cn.jincai.registry.GrantBook}, which each room with records implements.
 */
@ApplicationModule(
        displayName = "Registry",
        allowedDependencies = {"kernel", "policy", "applicant"})
package cn.jincai.registry;

import org.springframework.modulith.ApplicationModule;
