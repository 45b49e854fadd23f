@NullMarked
package cn.jincai.web.office;

import org.jspecify.annotations.NullMarked;
