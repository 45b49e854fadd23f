/** The days by which a case has to be decided 办理期限: promised and lawful, who is reminded of them, and which clocks run (rulebook 7.8, decision 198). */
@NamedInterface("deadlines")
@NullMarked
package cn.jincai.filing.deadlines;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
