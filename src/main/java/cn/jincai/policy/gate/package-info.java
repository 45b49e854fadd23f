/** What a package is refused for before it can strand a case: diagrams, the way of a case through them, forms against facts, gaps in time. */
@NullMarked
package cn.jincai.policy.gate;

import org.jspecify.annotations.NullMarked;
