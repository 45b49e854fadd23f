package cn.jincai.filing.lines;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Scheme;
import cn.jincai.policy.Scheme.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A roster as a workbook to fill in: its columns are those of the scheme, with drop-down lists where one of a few words is asked, and a sheet in both languages that says
 * what each column wants. Everything is written as text, never as a formula, whatever somebody is called.
 */
public final class RosterBook {
    /** Excel counts identity numbers as numbers and loses their last digits unless the column is of text. */
    private static final String TEXT = "@";

    private static final double WIDE = 22, WIDER = 60;

    private final Scheme scheme;
    private final Scheme.Roster roster;
    private final Locale locale;
    private final List<Text> columns;
    private final List<Fact> facts;

    public RosterBook(Scheme scheme, Scheme.Roster roster, Locale locale) {
        this.scheme = scheme;
        this.roster = roster;
        this.locale = "en".equals(locale.getLanguage())
                ? Locale.ENGLISH
                : Locale.CHINA; // in the characters that are read back
        this.columns = RosterTable.columns(scheme, roster);
        this.facts = RosterTable.told(scheme, roster).toList();
    }

    /** To be filled in. */
    public byte[] template() {
        return write(List.of());
    }

    /** The same with the rows that came back, and behind them what is to be done about each. */
    public byte[] with(List<ReturnedRow> back) {
        return write(back);
    }

    private byte[] write(List<ReturnedRow> back) {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "jincai", "1.0")) {
            Worksheet lines = book.newWorksheet(said("filing.roster.sheet")),
                    notes = book.newWorksheet(said("filing.roster.notes")),
                    choices = book.newWorksheet(said("filing.roster.choices"));
            choices.setVisibilityState(VisibilityState.HIDDEN);
            head(lines, !back.isEmpty());
            for (int i = 0; i < back.size(); i++) row(lines, i + 1, back.get(i));
            for (int i = 0; i < facts.size(); i++) choose(lines, choices, i + 1, words(facts.get(i)));
            explain(notes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return zipped(bytes.toByteArray());
    }

    /** The writer leaves the sizes of its parts to the end, where programs that read a file from its beginning, as ours, do not find them. */
    private static byte[] zipped(byte[] book) {
        var bytes = new ByteArrayOutputStream();
        try (var from = ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(book))
                        .get();
                var to = new ZipOutputStream(bytes)) {
            for (var part : Collections.list(from.getEntries())) {
                to.putNextEntry(new ZipEntry(part.getName()));
                from.getInputStream(part).transferTo(to);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void head(Worksheet lines, boolean back) {
        for (int i = 0; i < columns.size(); i++) {
            lines.value(0, i, columns.get(i).in(locale));
            lines.width(i, WIDE);
            lines.range(1, i, roster.atMost(), i).style().format(TEXT).set();
        }
        if (back) {
            lines.value(0, columns.size(), said("filing.roster.toDo"));
            lines.width(columns.size(), WIDER);
        }
        lines.range(0, 0, 0, columns.size() - (back ? 0 : 1))
                .style()
                .bold()
                .wrapText(true)
                .set();
        lines.freezePane(0, 1);
    }

    private void row(Worksheet lines, int at, ReturnedRow row) {
        for (int i = 0; i < row.cells().size(); i++)
            lines.value(at, i, row.cells().get(i));
        lines.value(at, columns.size(), row.whole(columns).in(locale));
        row.faults()
                .forEach(fault -> lines.style(at, fault.column())
                        .format(TEXT)
                        .fillColor("FFE0B2")
                        .set());
    }

    /** The words one may choose from stand in a sheet of their own: a list within the cell's rule may have 255 characters only. */
    private void choose(Worksheet lines, Worksheet choices, int column, List<String> words) {
        if (words.isEmpty()) return;
        for (int i = 0; i < words.size(); i++) choices.value(i, column, words.get(i));
        lines.range(1, column, roster.atMost(), column)
                .validateWithList(choices.range(0, column, words.size() - 1, column))
                .allowBlank(true)
                .showErrorMessage(facts.get(column - 1).type() != Scheme.Type.LIST);
    }

    private List<String> words(Fact fact) {
        return switch (fact.type()) {
            case BOOLEAN -> List.of(said("filing.roster.yes"), said("filing.roster.no"));
            case TEXT, LIST ->
                fact.values().stream().map(v -> v.name().in(locale)).toList();
            default -> List.of();
        };
    }

    private void explain(Worksheet notes) {
        Text whole = Text.of("filing.roster.notes.whole", roster.atMost(), Text.of("filing.roster.sheet"));
        notes.value(0, 0, scheme.name().both());
        notes.value(1, 0, whole.zh());
        notes.value(2, 0, whole.en());
        notes.value(4, 0, Text.of("filing.roster.notes.column").both());
        notes.value(4, 1, Text.of("filing.roster.notes.how").zh());
        notes.value(4, 2, Text.of("filing.roster.notes.how").en());
        notes.range(4, 0, 4, 2).style().bold().set();
        for (int i = 0; i < columns.size(); i++) {
            Text how = i == 0 ? Text.of("filing.roster.how.name") : how(facts.get(i - 1));
            notes.value(5 + i, 0, columns.get(i).both());
            notes.value(5 + i, 1, how.zh());
            notes.value(5 + i, 2, how.en());
        }
        notes.width(0, WIDE * 2);
        notes.width(1, WIDER);
        notes.width(2, WIDER);
    }

    private Text how(Fact fact) {
        if (fact.name().equals(roster.person())) return Text.of("filing.roster.how.person");
        Text words = Text.joined(
                "kernel.list", fact.values().stream().map(Scheme.Value::name).toList());
        return switch (fact.type()) {
            case DATE -> Text.of("filing.roster.how.date");
            case BOOLEAN -> Text.of("filing.roster.how.flag");
            case TEXT ->
                fact.values().isEmpty()
                        ? Text.of("filing.roster.how.text")
                        : Text.of("filing.roster.how.choice", words);
            case LIST -> Text.of("filing.roster.how.choices", words);
            case INTEGER -> Text.of("filing.roster.how.integer", fact.min(), fact.most());
            case FEN -> Text.of("filing.roster.how.fen");
            case PERCENT -> Text.of("filing.roster.how.percent");
            case SERIES ->
                Text.of(
                        "filing.roster.how.series",
                        fact.ofOneMonth().type() == Scheme.Type.BOOLEAN
                                ? Text.of("filing.roster.yes")
                                : Text.same("1200"));
            case PERIOD -> Text.of("filing.roster.how.period");
        };
    }

    private String said(String key) {
        return Text.of(key).in(locale);
    }
}
