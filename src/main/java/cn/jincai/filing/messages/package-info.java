/** What people are told 消息: the inbox of an account, and the same by e-mail. */
@NamedInterface("messages")
@NullMarked
package cn.jincai.filing.messages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
