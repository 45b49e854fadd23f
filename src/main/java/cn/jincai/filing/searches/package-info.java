/** What officers look for: how it is told, and what they keep to look for again. */
@NamedInterface("searches")
@NullMarked
package cn.jincai.filing.searches;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
