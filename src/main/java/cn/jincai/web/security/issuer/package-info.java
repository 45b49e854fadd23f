/** Signing in by an issuer 统一身份认证: where it is trusted, what it tells of a person, and how a sign-out reaches both. */
@NullMarked
package cn.jincai.web.security.issuer;

import org.jspecify.annotations.NullMarked;
