/** What a case still lacks 补正, what was asked of the applicant for it, and in which order. */
@NullMarked
package cn.jincai.filing.completeness;

import org.jspecify.annotations.NullMarked;
