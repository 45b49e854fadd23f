/** What waits for people, in a table of ours beside the engine's tasks, and the lists that are read from it (decision 191). */
@NamedInterface("worklists")
@NullMarked
package cn.jincai.process.worklists;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
