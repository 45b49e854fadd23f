/** Who may be one and the same person under two documents (rulebook 7.10), and what an officer said about it. */
@NamedInterface("likeness")
@NullMarked
package cn.jincai.applicant.likeness;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
