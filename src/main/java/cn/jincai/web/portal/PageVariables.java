package cn.jincai.web.portal;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Gives every template {@code layout}, {@code formats} and {@code displays}. As variables, since Thymeleaf lets no address be made from a bean. */
@Configuration(proxyBeanMethods = false)
class PageVariables {
    @Autowired
    void give(ThymeleafViewResolver views, PageLayout layout, Formats formats, Displays displays) {
        views.addStaticVariable("layout", layout);
        views.addStaticVariable("formats", formats);
        views.addStaticVariable("displays", displays);
    }
}
