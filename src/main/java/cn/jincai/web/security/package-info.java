@NullMarked
package cn.jincai.web.security;

import org.jspecify.annotations.NullMarked;
