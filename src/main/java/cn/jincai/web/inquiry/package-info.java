/** Pages and calls of auditors and supervisors who look into the record. What is looked for travels in the body: a name or a number must not stand in an address. */
@NullMarked
package cn.jincai.web.inquiry;

import org.jspecify.annotations.NullMarked;
