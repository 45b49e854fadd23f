package cn.jincai.web.portal;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Gives every template {@code frame} and {@code say}. As variables, since Thymeleaf lets no address be made from a bean. */
@Configuration
class PageVariables {
    @Autowired
    void give(ThymeleafViewResolver views, PageLayout frame, Formats say) {
        views.addStaticVariable("frame", frame);
        views.addStaticVariable("say", say);
    }
}
