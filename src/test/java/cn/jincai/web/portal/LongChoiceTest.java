package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.kernel.Text;
import cn.jincai.policy.forms.Form;
import cn.jincai.policy.forms.FormInput;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** A choice of 500 occupations: one types part of its name and takes it, with or without JavaScript; what is kept is the code. */
@Tag("issue-16.3")
class LongChoiceTest {
    private static final Form.Field TRADE = field(500), FEW = field(20);

    private static Form.Field field(int choices) {
        List<Form.Option> options = new ArrayList<>();
        for (int n = 0; n < choices; n++) options.add(new Form.Option("T" + n, new Text("职业" + n, "Trade " + n)));
        options.add(new Form.Option("WELDER_A", new Text("焊工", "Welder")));
        options.add(new Form.Option("WELDER_B", new Text("焊工", "Welder of ships")));
        return new Form.Field(
                "f_trade",
                "trade",
                "select",
                new Text("职业", "Trade"),
                null,
                true,
                false,
                options,
                "",
                new Form.Limits(null, null, null, null, null, null),
                null,
                Optional.empty(),
                Map.of());
    }

    private static Object read(Form.Field field, String typed) {
        return FormInput.read(List.of(field), Map.of("trade", List.of(typed))).get("trade");
    }

    @Test
    void whatIsTypedIsTakenByItsNameInEitherLanguageOrByItsCode() {
        assertThat(read(TRADE, "职业321")).isEqualTo("T321");
        assertThat(read(TRADE, " trade 321 ")).isEqualTo("T321");
        assertThat(read(TRADE, "T321")).isEqualTo("T321");
        assertThat(read(TRADE, "焊工 (WELDER_B)")).isEqualTo("WELDER_B");
        assertThat(read(TRADE, "焊工")).as("two are called so: nobody guesses").isEqualTo("焊工");
        assertThat(read(TRADE, "职业"))
                .as("stays as it was typed, for the check to name")
                .isEqualTo("职业");
        assertThat(read(FEW, "职业3")).as("a short list is chosen from").isEqualTo("职业3");
    }

    @Test
    void thePageOffersAFieldToSearchIn() {
        for (Locale locale : List.of(Locale.CHINA, Locale.ENGLISH)) {
            String page = drawn(TRADE, locale);
            assertThat(page)
                    .contains("<datalist id=\"f-trade-choices\">")
                    .contains("list=\"f-trade-choices\"")
                    .doesNotContain("<select");
            assertThat(page).contains(locale == Locale.CHINA ? "value=\"职业321\"" : "value=\"Trade 321\"");
            assertThat(page)
                    .contains(locale == Locale.CHINA ? "共502项" : "502 choices")
                    .contains("aria-describedby=\"f-trade-search\"");
            assertThat(drawn(FEW, locale)).contains("<select").doesNotContain("datalist");
        }
    }

    private static String drawn(Form.Field field, Locale locale) {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding("UTF-8");
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(messages);
        Form form = new Form("application", "application", List.of(field), List.of());
        LocaleContextHolder.setLocale(locale);
        try {
            return engine.process(
                    "form/select",
                    new Context(
                            locale,
                            Map.of(
                                    "f",
                                    field,
                                    "page",
                                    new FormPage(
                                            form,
                                            List.of(field),
                                            Map.of("trade", "T321"),
                                            List.of(),
                                            List.of(),
                                            Map.of(),
                                            LocalDate.of(2026, 11, 30),
                                            true))));
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }
}
