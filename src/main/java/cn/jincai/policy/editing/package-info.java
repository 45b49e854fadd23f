/** Packages changed on a page instead of with a text editor: one value, one file, or a whole scheme copied as a new one. */
@NamedInterface("editing")
@NullMarked
package cn.jincai.policy.editing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
