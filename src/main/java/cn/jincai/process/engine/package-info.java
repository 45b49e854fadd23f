/** The engine's own settings: its clock and zone, whom it takes for a user, what diagrams may call. */
@NullMarked
package cn.jincai.process.engine;

import org.jspecify.annotations.NullMarked;
