/** Decision tables compiled to what the processor does quickly, and one case evaluated against them. */
@NamedInterface("rules")
package cn.jincai.assessment.rules;

import org.springframework.modulith.NamedInterface;
