/** What is known of the single lines of rosters beside what employers tell. */
@NullMarked
package cn.jincai.filing.lines;

import org.jspecify.annotations.NullMarked;
