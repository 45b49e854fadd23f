/** Discretion 裁量: what people decide beside the assessment, by whom and why, how like cases were decided, and how reviewers agree (rulebook 7.3, decision 199). */
@NamedInterface("discretion")
@NullMarked
package cn.jincai.review.discretion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
