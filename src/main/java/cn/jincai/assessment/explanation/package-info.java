/** Evaluations and rules in words: every condition, every sum line by line, what would have to change. */
@NamedInterface("explanation")
@NullMarked
package cn.jincai.assessment.explanation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
