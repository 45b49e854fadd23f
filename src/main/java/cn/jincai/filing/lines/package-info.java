/** What is known of the single lines of rosters beside what employers tell, and the tables in which they hand them in. */
@NamedInterface("lines")
@NullMarked
package cn.jincai.filing.lines;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
