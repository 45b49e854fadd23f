/** What comes after a decision, as the diagrams ask for it. */
@NullMarked
package cn.jincai.process.revision;

import org.jspecify.annotations.NullMarked;
