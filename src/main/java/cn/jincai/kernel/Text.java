package cn.jincai.kernel;

/** A sentence in both languages. Chinese is what binds; English helps. */
public record Text(String zh, String en) {
    public String in(java.util.Locale locale) {
        return "en".equals(locale.getLanguage()) ? en : zh;
    }
}
