/** What of a decision is still in force, and what ends it. */
@NamedInterface("standing")
@NullMarked
package cn.jincai.review.standing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
