package cn.jincai.web.portal.screener;

import cn.jincai.kernel.Text;
import cn.jincai.planning.AllSchemes;
import cn.jincai.web.portal.Formats;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The result as plain text, for a message to somebody: what comes out, and none of the answers, of which reasons against something tell the value. */
@Component
class SharedText {
    private final MessageSource messages;
    private final Formats formats;

    SharedText(MessageSource messages, Formats formats) {
        this.messages = messages;
        this.formats = formats;
    }

    String of(AllSchemes.Plan best, List<Outcome> outcomes, LocalDate today) {
        StringJoiner text = new StringJoiner("\n");
        text.add(told("screener.share.title", formats.date(today)));
        if (best.totalFen() > 0)
            text.add(told(best.certain() ? "screener.so-far" : "screener.so-far.open", formats.sum(best.totalFen())));
        for (Outcome outcome : outcomes) {
            text.add("")
                    .add(told(
                            "screener.share.scheme",
                            formats.text(outcome.scheme().name()),
                            told("screener.state." + outcome.state())));
            for (Outcome.Line line : outcome.benefits())
                if (line.fen() > 0)
                    text.add(told("screener.share.line", formats.text(line.name()), formats.sum(line.fen())));
            if (!outcome.missing().isEmpty())
                text.add(told(
                        "screener.share.missing",
                        formats.text(Text.joined(
                                "kernel.list",
                                outcome.missing().stream()
                                        .map(Outcome.Missing::label)
                                        .toList()))));
        }
        return text.add("").add(told("screener.share.end")).toString();
    }

    private String told(String key, Object... values) {
        Locale locale = LocaleContextHolder.getLocale();
        return messages.getMessage(key, values, locale);
    }
}
