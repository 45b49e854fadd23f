package cn.jincai.filing.sight;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.kernel.Text;
import cn.jincai.policy.Step.Kind;
import cn.jincai.policy.forms.FieldClass;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who forgets a step does not open or close it by accident. */
class FileSettingsTest {
    @Test
    void aStepOfWhichNothingIsSaidKeepsTheProductFromStarting() {
        Map<Kind, Map<FieldClass, Shown>> shown = Stream.of(Kind.values())
                .filter(kind -> kind != Kind.SIGNS)
                .collect(Collectors.toMap(kind -> kind, kind -> Map.of()));
        assertThatThrownBy(() -> new FileSettings(Map.of(), shown, Map.of(), 60, Set.of(), Text.same("晋江"), Map.of()))
                .hasMessageContaining("signs");
    }
}
