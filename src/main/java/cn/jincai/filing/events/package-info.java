/** What a case answers with when it has changed, for other rooms to act on. */
@NamedInterface("events")
@NullMarked
package cn.jincai.filing.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
