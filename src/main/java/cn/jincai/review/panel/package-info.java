/** What is kept of an expert panel 专家评审: who was drawn, from whom and by which seed, who followed on which seat, the votes, and the minutes 会议纪要. */
@NamedInterface("panel")
@NullMarked
package cn.jincai.review.panel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
