/** How an account is reached: addresses and telephone numbers, confirmed by a code, and what is sent there by mail and by text message. */
@NamedInterface("contacts")
@NullMarked
package cn.jincai.applicant.contacts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
