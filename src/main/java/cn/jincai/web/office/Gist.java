package cn.jincai.web.office;

import cn.jincai.kernel.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line that stands above a task and its file: what an officer has to know before anything else.
 *
 * @param person   as the reader's role needs it; null where it needs none, or an employer applies
 * @param employer null where the case has none
 * @param amountFen what would be granted, or is paid, in fen; 0 where nothing is
 * @param verdict  key of the page's words: what the rules say, that no source has been asked, or what was decided; null for money, which is decided
 * @param why      why the case is here, beyond that its turn has come
 * @param open     what still stands in the way
 * @param left     null where no day is set
 */
record Gist(
        Text scheme,
        @Nullable String person,
        @Nullable String employer,
        long amountFen,
        @Nullable Integer level,
        @Nullable String verdict,
        List<Text> why,
        List<Text> open,
        @Nullable DaysLeft left) {}
