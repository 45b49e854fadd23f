/** What a package says of what comes after a decision: on which grounds it is corrected or revoked, and which recognition is looked at again each year. */
@NamedInterface("revision")
@NullMarked
package cn.jincai.policy.revision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
