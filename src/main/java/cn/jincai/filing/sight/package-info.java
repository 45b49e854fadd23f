/** Which fields of a case an officer sees, and for which purpose he may open one: as the settings say. */
@NamedInterface("sight")
@NullMarked
package cn.jincai.filing.sight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
