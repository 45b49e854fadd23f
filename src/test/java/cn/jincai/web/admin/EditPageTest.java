package cn.jincai.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.policy.Publication.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two people change a version at the same time: each is told of what the other one saved, whoever was first. */
class EditPageTest {
    private static final Version START = version("start", "folder", 1, null, false),
            EARLIER = version("earlier", "edited", 0, null, false),
            LI = version("li", "edited", 2, "start", false),
            WANG = version("wang", "edited", 3, "start", false),
            WANG_AGAIN = version("wang-again", "edited", 4, "wang", false);

    private static Version version(String hash, String origin, int minute, @Nullable String from, boolean takenBack) {
        Instant at = Instant.parse("2026-03-02T01:00:00Z").plusSeconds(60L * minute);
        return new Version(
                "scheme", hash, origin, "policy-admin", at, List.of(), false, from, takenBack ? "policy-admin" : null);
    }

    private static @Nullable String told(Version shown, Version... all) {
        Version newer = EditPage.newer(
                Stream.of(all)
                        .sorted(Comparator.comparing(Version::frozenAt).reversed())
                        .toList(),
                shown);
        return newer == null ? null : newer.hash();
    }

    @Test
    void eachIsToldOfTheOther() {
        assertThat(told(LI, START, EARLIER, LI, WANG)).isEqualTo("wang");
        assertThat(told(WANG, START, EARLIER, LI, WANG)).isEqualTo("li");
        assertThat(told(WANG_AGAIN, START, EARLIER, LI, WANG, WANG_AGAIN)).isEqualTo("li");
        assertThat(told(START, START, EARLIER, LI, WANG)).isEqualTo("wang");
    }

    @Test
    void whoWorksAloneIsToldNothing() {
        assertThat(told(WANG_AGAIN, START, EARLIER, WANG, WANG_AGAIN)).isNull();
        assertThat(told(WANG, START, EARLIER, WANG)).isNull();
    }

    @Test
    void whatWasTakenBackOrCameFromAFolderIsNoChangeToLose() {
        assertThat(told(WANG, START, version("li", "edited", 2, "start", true), WANG))
                .isNull();
        assertThat(told(WANG, START, version("folder", "folder", 5, null, false), WANG))
                .isNull();
        assertThat(told(WANG, START, version("upload", "upload", 2, null, false), WANG))
                .isEqualTo("upload");
    }
}
