/** What is kept of a case and can be read again years later: the archive, its facts, and the replay of its assessments. */
@NamedInterface("archive")
@NullMarked
package cn.jincai.filing.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
