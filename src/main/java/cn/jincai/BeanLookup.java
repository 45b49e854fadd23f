package cn.jincai;

import org.springframework.aop.ClassFilter;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.config.TransactionManagementConfigUtils;

/**
 * What the start would otherwise do over and over (decision 131): find out for each of some thousand dependencies what has which type until Tomcat runs,
 * though all definitions are read long before; ask each method of each bean, libraries' too, for
 * {@code @Transactional}.
 */
@Component
class BeanLookup implements BeanFactoryPostProcessor {
    private static final ClassFilter OURS = type -> type.getName().startsWith(Jincai.class.getPackageName());

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.getBeanDefinition(TransactionManagementConfigUtils.TRANSACTION_ADVISOR_BEAN_NAME)
                .getPropertyValues()
                .add("classFilter", OURS);
        beans.freezeConfiguration();
    }
}
