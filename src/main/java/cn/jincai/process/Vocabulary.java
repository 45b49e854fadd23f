package cn.jincai.process;

import cn.jincai.policy.DiagramWords;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** What a diagram may say, for the check that each package has to pass before it is published. */
@Configuration(proxyBeanMethods = false)
class Vocabulary {
    private static final Set<Class<?>> SPOKEN = Set.of(CaseSteps.class, ReviewSteps.class, PanelSteps.class, NoticeSteps.class, PaymentSteps.class, RunSteps.class, Limits.class);

    static Map<String, Set<String>> beans() {
        var beans = new TreeMap<String, Set<String>>();
        for (Class<?> steps : SPOKEN) beans.put(steps.getAnnotation(Component.class).value(), methods(steps));
        return beans;
    }

    private static Set<String> methods(Class<?> steps) {
        return Arrays.stream(steps.getDeclaredMethods()).filter(m -> Modifier.isPublic(m.getModifiers())).map(Method::getName).collect(Collectors.toUnmodifiableSet());
    }

    @Bean
    DiagramWords diagramWords() {
        return new DiagramWords(beans(), Stream.of(Variable.values()).map(v -> v.key).collect(Collectors.toUnmodifiableSet()));
    }
}
