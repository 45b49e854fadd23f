package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

class AutoConfigurationInUseTest {
    private final List<String> all = new ArrayList<>();
    private final List<String> used = new ArrayList<>();

    AutoConfigurationInUseTest() {
        ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
                .forEach(all::add);
        boolean[] in = new AutoConfigurationInUse().match(all.toArray(String[]::new), null);
        for (int i = 0; i < in.length; i++) if (in[i]) used.add(all.get(i));
    }

    @Test
    void ofTheActuatorNoSettingCanOpenAnythingButHealth() {
        assertThat(used)
                .filteredOn(name -> name.endsWith("EndpointAutoConfiguration"))
                .map(ClassUtils::getShortName)
                .containsExactlyInAnyOrder(
                        "HealthEndpointAutoConfiguration", "EndpointAutoConfiguration", "WebEndpointAutoConfiguration");
    }

    @Test
    void whatIsLeftOutIsStillOfferedBySpringBoot() {
        assertThat(all).map(ClassUtils::getShortName).containsAll(AutoConfigurationInUse.UNUSED);
    }
}
