package cn.jincai.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.io.RandomAccessStreamCache;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * Reads a PDF as far as its pages, in bounded memory. Where its objects are and most of the objects themselves may lie packed, a thousand times smaller than
 * they are, and a few bytes of them may ask for any amount of memory; so what is unpacked, and what is made of it, is counted over the whole file.
 */
final class PdfReading extends PDFParser {
    /** Bytes that may be unpacked of one file while its pages are looked for; those of a report of a thousand pages are less than half of it. */
    private static final long MOST_UNPACKED = 16L << 20;
    /** Dictionaries, lists, texts, names and numbers that are begun; in memory each takes up to some hundred bytes. */
    private static final int MOST_OBJECTS = 2_000_000;
    /** Bytes that may be looked at, over and over where a table leads nowhere: some three seconds of a processor. */
    private static final int MOST_READ = 300_000_000;

    private static final int LONGEST_ROW = 1 << 20;
    private static final int WIDEST_ENTRY = 16;
    /** An entry of the table of objects takes 150 bytes in memory, though it may have come as one. */
    private static final int ENTRY = 16;
    /** What may lie over objects; a picture's filters have no business there. */
    private static final Set<COSName> FILTERS = Set.of(
            COSName.FLATE_DECODE,
            COSName.FLATE_DECODE_ABBREVIATION,
            COSName.LZW_DECODE,
            COSName.LZW_DECODE_ABBREVIATION,
            COSName.ASCII_HEX_DECODE,
            COSName.ASCII_HEX_DECODE_ABBREVIATION,
            COSName.ASCII85_DECODE,
            COSName.ASCII85_DECODE_ABBREVIATION,
            COSName.RUN_LENGTH_DECODE,
            COSName.RUN_LENGTH_DECODE_ABBREVIATION,
            COSName.CRYPT);

    private final Budget budget;

    static PdfReading of(byte[] content) throws IOException {
        var budget = new Budget();
        var deciphered = MemoryUsageSetting.setupMainMemoryOnly(MOST_UNPACKED)
                .streamCache
                .create();
        return new PdfReading(new Counted(content, budget), budget, deciphered);
    }

    private PdfReading(RandomAccessRead source, Budget budget, RandomAccessStreamCache deciphered) throws IOException {
        super(source, "", null, null, () -> deciphered);
        this.budget = budget;
        document = new COSDocument(() -> deciphered, this) {
            @Override
            public COSStream createCOSStream(COSDictionary dictionary, long start, long length) throws IOException {
                var stream = new Bounded(deciphered, createRandomAccessReadView(start, length));
                dictionary.forEach(stream::setItem);
                stream.setKey(dictionary.getKey());
                return stream;
            }
        };
    }

    private static final class Budget {
        private long bytes = MOST_UNPACKED;
        private int objects = MOST_OBJECTS;
        private int reading = MOST_READ;

        void unpacked(long more) {
            bytes -= more;
            if (bytes < 0) throw InspectedFile.unfolds();
        }

        void begun() {
            if (--objects < 0) throw InspectedFile.unfolds();
        }

        void read() {
            if (--reading < 0) throw InspectedFile.unfolds();
        }
    }

    /** The parser takes one sign after the other of what it makes objects of. */
    private static final class Counted extends RandomAccessReadBuffer {
        private final Budget budget;
        private int before;

        Counted(byte[] content, Budget budget) {
            super(content);
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            int sign = super.read();
            budget.read();
            boolean apart = before >= 0 && before <= ' ' || before == '[';
            if (sign == '[' || sign == '<' || sign == '(' || sign == '/' || apart && isOfNumber(sign)) budget.begun();
            before = sign;
            return sign;
        }

        private static boolean isOfNumber(int sign) {
            return sign >= '+' && sign <= '9' && sign != '/' && sign != ',';
        }
    }

    private final class Bounded extends COSStream {
        Bounded(RandomAccessStreamCache deciphered, RandomAccessReadView view) throws IOException {
            super(deciphered, view);
        }

        @Override
        public RandomAccessRead createView() throws IOException {
            byte[] content = unpacked();
            if (containsKey(COSName.W)) budget.unpacked((long) content.length / entry() * ENTRY);
            return new Counted(content, budget);
        }

        private byte[] unpacked() throws IOException {
            if (hasEndlessRows()) throw new IOException("a row of this length can't be");
            InputStream in = createRawInputStream();
            List<COSName> filters = filters();
            for (int i = 0; i < filters.size(); i++) {
                if (!FILTERS.contains(filters.get(i))) throw new IOException("no filter for objects");
                var out = new Limited();
                FilterFactory.INSTANCE.getFilter(filters.get(i)).decode(in, out, this, i);
                in = new ByteArrayInputStream(out.toByteArray());
            }
            return in.readAllBytes();
        }

        private List<COSName> filters() {
            COSBase filters = getFilters();
            if (filters instanceof COSName one) return List.of(one);
            return filters instanceof COSArray several
                    ? IntStream.range(0, several.size())
                            .mapToObj(i -> (COSName) several.getObject(i))
                            .distinct()
                            .toList()
                    : List.of();
        }

        /** Rows that are put together again take what the file says of their length, whatever comes. */
        private boolean hasEndlessRows() {
            COSBase parameters = getDictionaryObject(COSName.DP, COSName.DECODE_PARMS);
            if (parameters instanceof COSArray several)
                return IntStream.range(0, several.size())
                        .mapToObj(several::getObject)
                        .anyMatch(Bounded::isEndless);
            return isEndless(parameters);
        }

        private static boolean isEndless(COSBase parameters) {
            if (!(parameters instanceof COSDictionary row)) return false;
            long columns = row.getInt(COSName.COLUMNS, 1);
            int colours = Math.min(row.getInt(COSName.COLORS, 1), 32);
            int bits = row.getInt(COSName.BITS_PER_COMPONENT, 8);
            return columns < 1 || colours < 1 || bits < 1 || bits > 16 || columns * colours * bits > 8L * LONGEST_ROW;
        }

        /** Bytes of an entry of the table of objects; one of none would never end. */
        private int entry() throws IOException {
            COSArray widths = getCOSArray(COSName.W);
            int[] each = widths == null
                    ? new int[0]
                    : IntStream.range(0, widths.size())
                            .map(i -> widths.getInt(i, 0))
                            .toArray();
            if (IntStream.of(each).anyMatch(w -> w < 0 || w > WIDEST_ENTRY)
                    || IntStream.of(each).sum() == 0) throw new IOException("no table of objects");
            return IntStream.of(each).sum();
        }
    }

    private final class Limited extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int one) {
            budget.unpacked(1);
            super.write(one);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
            budget.unpacked(count);
            super.write(bytes, from, count);
        }
    }
}
