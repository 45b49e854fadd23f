package cn.jincai.policy;

import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.List;

/**
 * A document of law or policy, from {@code sources.yaml}.
 *
 * @param number      its document number, such as 泉委办发〔2024〕1号, or null
 * @param inForceFrom its day of effect, or null where it is not known
 */
public record LegalSource(String code, Text title, String number, LocalDate inForceFrom, List<Article> articles) {
    /** @param rules the ids of the rules that rest on it */
    public record Article(Text name, Text text, List<String> rules) {}

    /** Document, article and day of effect in one line. */
    String cite(Article article) {
        return title.zh() + (number == null ? "" : "（" + number + "）") + article.name().zh() + (inForceFrom == null ? "" : "，自" + inForceFrom + "起施行");
    }
}
