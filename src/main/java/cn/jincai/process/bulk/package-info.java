/**
 * Many tasks at once 批量办理: like tasks are chosen together, wait ten minutes in which they can be taken back, and are then done one by one, each by the same service and with the same
 * questions as one that is done alone.
 */
@NamedInterface("bulk")
@NullMarked
package cn.jincai.process.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
