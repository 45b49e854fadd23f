/** Who files a case for somebody else, since when and until when. */
@NamedInterface("mandates")
@NullMarked
package cn.jincai.filing.mandates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
