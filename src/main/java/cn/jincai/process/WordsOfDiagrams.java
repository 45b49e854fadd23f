package cn.jincai.process;

import cn.jincai.policy.DiagramWords;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** Tells {@code policy} what a diagram may name, read off the beans and variables themselves, so that an uploaded package is held to what really runs. */
@Configuration(proxyBeanMethods = false)
class WordsOfDiagrams {
    @Bean
    DiagramWords diagramWords(BeanFactory beans) {
        return new DiagramWords(SafeEl.BEANS.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), name -> methods(beans.getType(name)))), Map.copyOf(Variable.BY_NAME).keySet());
    }

    private static Set<String> methods(Class<?> bean) {
        return Arrays.stream(ClassUtils.getUserClass(bean).getDeclaredMethods()).filter(m -> !Modifier.isPrivate(m.getModifiers()) && !m.isSynthetic()).map(Method::getName)
            .collect(Collectors.toUnmodifiableSet());
    }
}
