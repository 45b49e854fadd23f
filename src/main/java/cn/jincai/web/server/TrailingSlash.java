package cn.jincai.web.server;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.UrlHandlerFilter;

/** An address of a page that was typed with a slash at its end leads to the page. */
@Configuration(proxyBeanMethods = false)
class TrailingSlash {
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> withoutTheSlash() {
        var filter = new FilterRegistrationBean<>(UrlHandlerFilter.trailingSlashHandler(
                        "/officers/**", "/finance/**", "/cases/**", "/employer/**", "/schemes/**", "/notices/**")
                .redirect(HttpStatus.PERMANENT_REDIRECT)
                .build());
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
        return filter;
    }
}
