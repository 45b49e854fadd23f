/** 填写申请: what stands beside a form while it is filled in, papers that travel in parts, and the receipt at the end. */
@NullMarked
package cn.jincai.web.portal.filling;

import org.jspecify.annotations.NullMarked;
