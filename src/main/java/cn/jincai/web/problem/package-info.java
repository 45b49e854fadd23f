@NullMarked
package cn.jincai.web.problem;

import org.jspecify.annotations.NullMarked;
