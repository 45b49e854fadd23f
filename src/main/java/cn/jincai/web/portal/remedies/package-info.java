/** 救济: what an applicant who disagrees with a decision needs for asking that it be reconsidered. */
@NullMarked
package cn.jincai.web.portal.remedies;

import org.jspecify.annotations.NullMarked;
