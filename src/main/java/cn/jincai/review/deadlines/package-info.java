/** More time for a case 延长期限: the leader gives it, once, and tells the applicant why (rulebook 7.8, 行政许可法 42). */
@NamedInterface("deadlines")
@NullMarked
package cn.jincai.review.deadlines;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
