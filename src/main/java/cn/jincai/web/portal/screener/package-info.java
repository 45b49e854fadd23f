/** 能享受什么: one question a page, and at the end what is open, what is not and what nobody can say yet. */
@NullMarked
package cn.jincai.web.portal.screener;

import org.jspecify.annotations.NullMarked;
