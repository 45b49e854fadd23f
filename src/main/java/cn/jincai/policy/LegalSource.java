package cn.jincai.policy;

import cn.jincai.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document of law or policy, from {@code sources.yaml}.
 *
 * @param number      its document number, such as 泉委办发〔2024〕1号, or null
 * @param inForceFrom  its day of effect, or null where it is not known
 * @param inForceUntil the last day of its validity 有效期, or null where it names none
 */
public record LegalSource(
        String code,
        Text title,
        @Nullable String number,
        @Nullable LocalDate inForceFrom,
        @Nullable LocalDate inForceUntil,
        List<Article> articles) {
    /** @param rules the ids of the rules that rest on it */
    public record Article(Text name, Text text, List<String> rules) {}

    /** Document, article and day of effect in one line. */
    String cite(Article article) {
        Text document = number == null ? title : Text.of("policy.source.numbered", title, number);
        String cited = document.zh() + article.name().zh();
        return inForceFrom == null
                ? cited
                : Text.of("policy.source.since", cited, inForceFrom.toString()).zh();
    }
}
