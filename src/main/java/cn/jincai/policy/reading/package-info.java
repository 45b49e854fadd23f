/** A package's files 读取 become typed: scheme, rulesets with their tables, scales and pools, steps. What can't be read is found, with its file and line; nothing here is asked by other rooms. */
@NullMarked
package cn.jincai.policy.reading;

import org.jspecify.annotations.NullMarked;
