/** Tomcat's own part: how much of it one source may hold, and how slow one may be. */
@NullMarked
package cn.jincai.web.server;

import org.jspecify.annotations.NullMarked;
