/** Forms 表单 as a package holds them: fields, parts that they share, conditions, and what a field may be filled with. */
@NamedInterface("forms")
@NullMarked
package cn.jincai.policy.forms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
