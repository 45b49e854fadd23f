@NullMarked
package cn.jincai.web.admin;

import org.jspecify.annotations.NullMarked;
