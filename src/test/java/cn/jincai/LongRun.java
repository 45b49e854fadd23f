package cn.jincai;

/** How often something random is tried: each build tries a quarter, {@code mvn -Psoak verify} all. The seeds stay, so a quarter is always the same. */
public final class LongRun {
    private LongRun() {}

    public static int of(int times) {
        return Boolean.getBoolean("soak") ? times : times / 4;
    }
}
