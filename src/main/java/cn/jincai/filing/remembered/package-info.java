/** What is known of an applicant before he is asked 免填: from his account, earlier applications and sources, and from numbers that tell more than themselves. */
@NamedInterface("remembered")
@NullMarked
package cn.jincai.filing.remembered;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
