@NullMarked
package cn.jincai.web.portal;

import org.jspecify.annotations.NullMarked;
