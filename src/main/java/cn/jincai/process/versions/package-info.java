/**
 * Running cases and new versions of their scheme 在办件转版: whether those of one version keep it, move to another or are asked again, tried first, decided by two, carried out case by case
 * and taken back as a whole (decision 205).
 */
@NamedInterface("versions")
@NullMarked
package cn.jincai.process.versions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
