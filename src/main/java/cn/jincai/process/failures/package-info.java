/**
 * What stands still and why 停滞: jobs of the engine that failed as often as they are tried, with the reason in words, and cases that nothing carries on. Seen and tried again by
 * administrators here, since the engine's own tool for it is closed to all (decision 204).
 */
@NamedInterface("failures")
@NullMarked
package cn.jincai.process.failures;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
