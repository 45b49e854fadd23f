package cn.jincai;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Spring Security sets up, since the classes are at hand, how to call others in the name of whoever is signed in. Nobody here does, sign-in by an issuer goes without, and
 * each start would load it (decision 145).
 */
@Component
class WithoutClientsOfOAuth implements BeanDefinitionRegistryPostProcessor, Ordered {
    private static final String UNUSED =
            "org.springframework.security.config.annotation.web.configuration.OAuth2ClientConfiguration";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE; // among them is one that would run in the same round
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            String maker = beans.getBeanDefinition(name).getFactoryBeanName();
            if (name.startsWith(UNUSED) || maker != null && maker.startsWith(UNUSED)) beans.removeBeanDefinition(name);
        }
    }
}
