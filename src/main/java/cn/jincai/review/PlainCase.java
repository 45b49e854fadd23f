package cn.jincai.review;

import cn.jincai.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a step of a case comes to where nobody says anything of his own.
 *
 * @param amountFen what would be granted or paid, in fen; 0 before anything was assessed
 * @param leftOut   why a person has to look at this one by itself; null where the machine's word is all there is to say
 */
public record PlainCase(long amountFen, @Nullable Text leftOut) {
    public static PlainCase leftOut(Text why) {
        return new PlainCase(0, why);
    }
}
