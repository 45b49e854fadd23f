package cn.jincai;

import org.springframework.aop.ClassFilter;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.config.TransactionManagementConfigUtils;

/**
 * What the start would otherwise do for nobody, or over and over (decision 131): set up clients of OAuth, since their classes are at hand; find out for each of some thousand dependencies what has which type until Tomcat runs,
 * though all definitions are read long before; ask each method of each bean, libraries' too, for
 * {@code @Transactional}.
 */
@Component
class BeanLookup implements BeanDefinitionRegistryPostProcessor, Ordered {
    /** For calls to others in the name of whoever is signed in. Nobody makes any, and sign-in by an issuer goes without. */
    private static final String CLIENTS_OF_OAUTH =
            "org.springframework.security.config.annotation.web.configuration.OAuth2ClientConfiguration";

    private static final ClassFilter OURS = type -> type.getName().startsWith(Jincai.class.getPackageName());

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE; // before theirs, which is of this kind too
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry beans) {
        for (String name : beans.getBeanDefinitionNames()) {
            String maker = beans.getBeanDefinition(name).getFactoryBeanName();
            if (name.startsWith(CLIENTS_OF_OAUTH) || maker != null && maker.startsWith(CLIENTS_OF_OAUTH))
                beans.removeBeanDefinition(name);
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.getBeanDefinition(TransactionManagementConfigUtils.TRANSACTION_ADVISOR_BEAN_NAME)
                .getPropertyValues()
                .add("classFilter", OURS);
        beans.freezeConfiguration();
    }
}
