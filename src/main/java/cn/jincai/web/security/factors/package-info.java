/** What a sign-in is finished with: passkeys, one-time codes, recovery codes. */
@NullMarked
package cn.jincai.web.security.factors;

import org.jspecify.annotations.NullMarked;
