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
                if (c == '\\') throw new RefusedCell("引号内不能用反斜杠", "no backslash inside quotes");
                plain.append(c);
            } else {
                plain.append(folded(c, i));
            }
        }
        if (quoted) throw new RefusedCell("引号没有成对", "a quote is not closed");
        String text = plain.toString().strip();
        String outside = text.replaceAll("\"[^\"]*\"", "");
        if (outside.contains("//") || outside.contains("/*"))
            throw new RefusedCell("单元格内不能写注释，请写在“说明”列", "no comments in a cell; write them in the annotation");
        return text;
    }

    private static char folded(char c, int at) throws RefusedCell {
        if (c >= '！' && c <= '～') return (char) (c - '！' + '!'); // the full-width forms of ASCII
        return switch (c) {
            case '　', ' ', '\t', '\n', '\r' -> ' ';
            case '、' -> ',';
            case '≤', '≥' ->
                throw new RefusedCell(
                        "第" + (at + 1) + "个字符“" + c + "”请写作 " + (c == '≤' ? "<=" : ">="),
                        "character " + (at + 1) + " '" + c + "': write " + (c == '≤' ? "<=" : ">="));
            default -> {
                if (c < ' ' || c > '~')
                    throw new RefusedCell(
                            "第" + (at + 1) + "个字符“" + c + "”不能用在引号之外",
                            "character " + (at + 1) + " '" + c + "' can't stand outside quotes");
                yield c;
            }
        };
    }
}
