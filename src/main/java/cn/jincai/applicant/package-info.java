/** Persons, employers, accounts, consents and bank accounts: sealed in the database, masked wherever they are shown in part. */
@ApplicationModule(
        displayName = "Applicant",
        allowedDependencies = {"kernel", "vault"})
@NullMarked
package cn.jincai.applicant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
