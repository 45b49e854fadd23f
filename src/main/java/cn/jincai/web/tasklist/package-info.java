@NullMarked
package cn.jincai.web.tasklist;

import org.jspecify.annotations.NullMarked;
