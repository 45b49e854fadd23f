/** Answers that an applicant looks up while he fills a form in: in a public register, or, where he agrees, at a source that knows him. */
@NullMarked
package cn.jincai.web.portal.lookup;

import org.jspecify.annotations.NullMarked;
