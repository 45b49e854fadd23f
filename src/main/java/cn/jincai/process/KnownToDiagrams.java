package cn.jincai.process;

import cn.jincai.policy.DiagramVocabulary;
import cn.jincai.process.revision.RevisionSteps;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** Tells {@code policy} what a diagram may name, read off the beans, variables and rooms themselves, so that an uploaded package is held to what really runs. */
@Configuration(proxyBeanMethods = false)
public class KnownToDiagrams {
    private static final Map<String, Class<?>> BEANS = Map.of(
            "cases",
            CaseSteps.class,
            "reviews",
            ReviewSteps.class,
            "panel",
            PanelSteps.class,
            "notices",
            NoticeSteps.class,
            "payments",
            PaymentSteps.class,
            "runs",
            RunSteps.class,
            "revisions",
            RevisionSteps.class,
            "limits",
            Limits.class);

    /** The same where there is no application. */
    public static DiagramVocabulary words() {
        return words(BEANS::get);
    }

    @Bean
    DiagramVocabulary diagramWords(BeanFactory beans) {
        return words(beans::getType);
    }

    /** @param type of the bean of that name */
    static DiagramVocabulary words(Function<String, Class<?>> type) {
        return new DiagramVocabulary(
                SafeEl.BEANS.stream()
                        .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> methods(type.apply(name)))),
                SafeEl.BEANS.stream()
                        .flatMap(name -> callable(type.apply(name)).map(m -> Map.entry(name + "." + m.getName(), m)))
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, called -> called.getValue().getReturnType())),
                Map.copyOf(Variable.BY_NAME).keySet(),
                Variable.OWN,
                Message.words());
    }

    private static Map<String, List<String>> methods(Class<?> bean) {
        return callable(bean)
                .collect(Collectors.toUnmodifiableMap(
                        Method::getName,
                        m -> Stream.of(m.getParameters())
                                .map(Parameter::getName)
                                .toList()));
    }

    private static Stream<Method> callable(Class<?> bean) {
        return Arrays.stream(ClassUtils.getUserClass(bean).getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic());
    }
}
