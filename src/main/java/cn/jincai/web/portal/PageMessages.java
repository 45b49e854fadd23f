package cn.jincai.web.portal;

import cn.jincai.kernel.TraditionalChinese;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.context.MessageSourceProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Sentences of pages: Chinese and English from their bundles, traditional characters from the Chinese ones. What is filled into them stays as it is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MessageSourceProperties.class)
class PageMessages {
    @Bean
    ResourceBundleMessageSource messageSource(MessageSourceProperties settings) {
        var messages = new InThreeWritings();
        messages.setBasenames(settings.getBasename().toArray(String[]::new));
        messages.setDefaultEncoding(settings.getEncoding().name());
        messages.setFallbackToSystemLocale(settings.isFallbackToSystemLocale());
        return messages;
    }

    private static class InThreeWritings extends ResourceBundleMessageSource {
        private final Map<String, ResourceBundle> traditional = new ConcurrentHashMap<>();

        @Override
        protected @Nullable ResourceBundle getResourceBundle(String name, Locale locale) {
            ResourceBundle words = super.getResourceBundle(name, locale);
            return words == null || !TraditionalChinese.isReadIn(locale)
                    ? words
                    : traditional.computeIfAbsent(name, n -> new Traditional(words));
        }
    }

    /** Each sentence is converted once, when it is first asked for. */
    private static class Traditional extends ResourceBundle {
        private final ResourceBundle simplified;
        private final Map<String, String> converted = new ConcurrentHashMap<>();

        Traditional(ResourceBundle simplified) {
            this.simplified = simplified;
        }

        @Override
        protected @Nullable Object handleGetObject(String key) {
            return simplified.containsKey(key)
                    ? converted.computeIfAbsent(key, k -> TraditionalChinese.of(simplified.getString(k), List.of()))
                    : null;
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.enumeration(simplified.keySet());
        }
    }
}
