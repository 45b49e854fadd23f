@NullMarked
package cn.jincai;

import org.jspecify.annotations.NullMarked;
