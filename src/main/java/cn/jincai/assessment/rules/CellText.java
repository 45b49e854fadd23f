package cn.jincai.assessment.rules;

/** The text of a cell before it is parsed: full-width punctuation of Chinese keyboards becomes what was meant, and what the parser would swallow is refused. */
final class CellText {
    private CellText() {}

    static String plain(String cell) throws RefusedCell {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '"' || c == '“' || c == '”') {
                quoted = !quoted;
                plain.append('"');
            } else if (quoted) {
                if (c == '\\') throw new RefusedCell("assessment.cell.backslash");
                plain.append(c);
            } else {
                plain.append(folded(c, i));
            }
        }
        if (quoted) throw new RefusedCell("assessment.cell.openQuote");
        String text = plain.toString().strip();
        String outside = text.replaceAll("\"[^\"]*\"", "");
        if (outside.contains("//") || outside.contains("/*")) throw new RefusedCell("assessment.cell.comment");
        return text;
    }

    private static char folded(char c, int at) throws RefusedCell {
        if (c >= '！' && c <= '～') return (char) (c - '！' + '!'); // the full-width forms of ASCII
        return switch (c) {
            case '　', ' ', '\t', '\n', '\r' -> ' ';
            case '、' -> ',';
            case '≤', '≥' -> throw new RefusedCell("assessment.cell.writeInstead", at + 1, c, c == '≤' ? "<=" : ">=");
            default -> {
                if (c < ' ' || c > '~') throw new RefusedCell("assessment.cell.outsideQuotes", at + 1, c);
                yield c;
            }
        };
    }
}
