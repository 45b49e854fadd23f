@NullMarked
package cn.jincai.web.api;

import org.jspecify.annotations.NullMarked;
