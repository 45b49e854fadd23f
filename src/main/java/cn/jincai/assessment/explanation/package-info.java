/** Evaluations and rules in words: every condition, every sum line by line, what would have to change. */
@NamedInterface("explanation")
package cn.jincai.assessment.explanation;

import org.springframework.modulith.NamedInterface;
