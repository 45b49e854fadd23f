/** Decision tables compiled to what the processor does quickly, and one case evaluated against them. */
@NamedInterface("rules")
@NullMarked
package cn.jincai.assessment.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
