package cn.jincai.policy.editing;

import java.util.Map;

/**
 * A scheme copied as a new one.
 *
 * @param code     of the new one: small letters, digits, hyphens
 * @param benefits the new code by that of the old; a benefit's code is one scheme's alone
 */
public record SchemeCopy(String code, String nameZh, String nameEn, Map<String, String> benefits) {}
