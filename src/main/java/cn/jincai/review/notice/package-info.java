/** Public notices 公示 of what is to be granted, and objections 异议 to them with their answers. It knows nothing of reviews: what is shown is handed to it. */
@NamedInterface("notice")
@NullMarked
package cn.jincai.review.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
