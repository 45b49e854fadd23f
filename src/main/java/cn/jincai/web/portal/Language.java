package cn.jincai.web.portal;

import cn.jincai.applicant.Languages;
import cn.jincai.kernel.TraditionalChinese;
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
import java.util.Optional;
import java.util.Set;
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
 * which goes with the session, and who has none is answered in what his browser asks for first of English, simplified and traditional Chinese, and in simplified Chinese otherwise.
 */
@Configuration(proxyBeanMethods = false)
class Language implements WebMvcConfigurer {
    /**
     * @param code in addresses
     * @param tag  of pages in it
     * @param name as its readers write it
     */
    public record Choice(String code, String tag, String name) {}

    static final List<Choice> CHOICES = List.of(
            new Choice("zh", "zh-CN", inItself(Locale.forLanguageTag("zh-Hans"))),
            new Choice("zh-Hant", "zh-Hant", inItself(TraditionalChinese.LOCALE)),
            new Choice("en", "en", inItself(Locale.ENGLISH)));

    private static String inItself(Locale language) {
        return language.getScript().isEmpty()
                ? language.getDisplayLanguage(language)
                : language.getDisplayScript(language);
    }

    private static final Set<String> WRITE_TRADITIONAL = Set.of("TW", "HK", "MO");

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
                return named(value);
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
            return known(ofAccount).orElse(Locale.CHINA);
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) return Locale.CHINA;
        return Collections.list(request.getLocales()).stream()
                .flatMap(asked -> known(asked).stream())
                .findFirst()
                .orElse(Locale.CHINA);
    }

    private static Locale named(String tag) {
        return known(Locale.forLanguageTag(tag)).orElse(Locale.CHINA);
    }

    /** As it stands in addresses and with the account: {@code zh}, {@code zh-Hant} or {@code en}. */
    static String code(Locale locale) {
        return TraditionalChinese.isReadIn(locale) ? locale.toLanguageTag() : locale.getLanguage();
    }

    /** The one of the three that somebody who asks for this language reads. */
    private static Optional<Locale> known(Locale asked) {
        return switch (asked.getLanguage()) {
            case "en" -> Optional.of(Locale.ENGLISH);
            case "zh" ->
                Optional.of(
                        TraditionalChinese.isReadIn(asked)
                                        || asked.getScript().isEmpty() && WRITE_TRADITIONAL.contains(asked.getCountry())
                                ? TraditionalChinese.LOCALE
                                : Locale.CHINA);
            default -> Optional.empty();
        };
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var change = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String value) {
                return named(value);
            }

            /** The page first, also one that says that nothing can be kept now. */
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                    throws ServletException {
                super.preHandle(request, response, handler);
                String chosen = request.getParameter(PARAMETER);
                if (chosen != null)
                    ActorArgument.signedIn()
                            .ifPresent(who -> languages.getObject().choose(who.account(), code(named(chosen))));
                return true;
            }
        };
        change.setParamName(PARAMETER);
        registry.addInterceptor(change);
    }
}
