/** What a machine can prove of rules before people are judged by them: searches over all cases at once, each answer an example or the proof that there is none. */
@NamedInterface("verification")
@NullMarked
package cn.jincai.assessment.verification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
