package cn.jincai.web.portal;

import cn.jincai.applicant.Languages;
import cn.jincai.web.security.ActorArgument;
import cn.jincai.web.security.SignedIn;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * Whichever language was chosen by {@code ?lang=}, kept for a year, and with the account where somebody is signed in. Who has chosen none in this browser is answered in his account's,
 * which goes with the session, and who has none is answered in English where his browser
 * asks for it before Chinese, and in Chinese otherwise.
 */
@Configuration(proxyBeanMethods = false)
class Language implements WebMvcConfigurer {
    private static final List<Locale> KNOWN = List.of(Locale.CHINESE, Locale.ENGLISH);

    private static final String PARAMETER = "lang";

    private final ObjectProvider<Languages> languages;

    Language(ObjectProvider<Languages> languages) {
        this.languages = languages;
    }

    @Bean
    LocaleResolver localeResolver() {
        var resolver = new CookieLocaleResolver(SignedIn.LANGUAGE) {
            @Override
            protected Locale parseLocaleValue(String value) {
                return "en".equals(value) ? Locale.ENGLISH : Locale.CHINA;
            }
        };
        resolver.setDefaultLocaleFunction(Language::ofBrowser);
        resolver.setCookieMaxAge(Duration.ofDays(365));
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        return resolver;
    }

    private static Locale ofBrowser(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null && session.getAttribute(SignedIn.LANGUAGE_OF_ACCOUNT) instanceof Locale ofAccount)
            return Locale.ENGLISH.equals(ofAccount) ? Locale.ENGLISH : Locale.CHINA;
        Locale first = Locale.lookup(
                Collections.list(request.getLocales()).stream()
                        .map(asked -> new Locale.LanguageRange(asked.toLanguageTag()))
                        .toList(),
                KNOWN);
        return Locale.ENGLISH.equals(first) && request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null
                ? Locale.ENGLISH
                : Locale.CHINA;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var change = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String value) {
                return "en".equals(value) ? Locale.ENGLISH : Locale.CHINA;
            }

            /** The page first, also one that says that nothing can be kept now. */
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                    throws ServletException {
                super.preHandle(request, response, handler);
                String chosen = request.getParameter(PARAMETER);
                if (chosen != null)
                    ActorArgument.signedIn()
                            .ifPresent(who -> languages
                                    .getObject()
                                    .choose(
                                            who.account(),
                                            parseLocaleValue(chosen).getLanguage()));
                return true;
            }
        };
        change.setParamName(PARAMETER);
        registry.addInterceptor(change);
    }
}
