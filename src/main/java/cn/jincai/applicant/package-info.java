/** Persons, employers, accounts, consents and bank accounts: sealed in the database, masked wherever they are shown in part. */
@ApplicationModule(displayName = "Applicant", allowedDependencies = "kernel")
package cn.jincai.applicant;

import org.springframework.modulith.ApplicationModule;
