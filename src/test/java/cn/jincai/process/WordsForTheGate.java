package cn.jincai.process;

import cn.jincai.policy.DiagramVocabulary;

/** What the engine tells the gate, without the application. */
public final class WordsForTheGate {
    private WordsForTheGate() {}

    public static DiagramVocabulary words() {
        return KnownToDiagrams.words();
    }
}
