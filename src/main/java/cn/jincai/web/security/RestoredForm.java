package cn.jincai.web.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/** Puts what was typed before the session ended back into the form as it is drawn, whichever it is; so it works without scripts as well. */
@Component
class RestoredForm implements IPostProcessorDialect {
    /** Hidden, and yet to be as it was: what the page showed when one began to type, so that it is still known what one changed. */
    private static final String SHOWN = "shown";

    @Override
    public String getName() {
        return "typed-again";
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return 1000;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Drawn.class, 1000));
    }

    /** Made by the template engine for each page. */
    public static class Drawn extends AbstractTemplateHandler {
        private final Map<String, List<String>> left = new HashMap<>();
        private UnsentForms.@Nullable Form typed;
        private boolean inForm;
        private boolean replaced;
        private @Nullable List<String> chosen;

        @Override
        public void setContext(ITemplateContext context) {
            super.setContext(context);
            typed = context instanceof IWebContext web
                            && web.getExchange().getAttributeValue(UnsentForms.HERE) instanceof UnsentForms.Form form
                    ? form
                    : null;
            if (typed != null) typed.fields().forEach((name, texts) -> left.put(name, new ArrayList<>(texts)));
        }

        @Override
        public void handleOpenElement(IOpenElementTag tag) {
            if (typed == null) {
                super.handleOpenElement(tag);
                return;
            }
            switch (tag.getElementCompleteName()) {
                case "form" -> {
                    inForm = typed.action()
                            .equals(String.valueOf(tag.getAttributeValue("action"))
                                    .replaceFirst("#.*", ""));
                    super.handleOpenElement(inForm ? with(tag, "data-typed-again", "") : tag);
                }
                case "textarea" -> {
                    super.handleOpenElement(tag);
                    replaced = knows(tag);
                    if (replaced)
                        super.handleText(getContext().getModelFactory().createText(HtmlUtils.htmlEscape(next(tag))));
                }
                case "select" -> {
                    chosen = knows(tag) ? typed.fields().get(tag.getAttributeValue("name")) : null;
                    super.handleOpenElement(tag);
                }
                case "option" ->
                    super.handleOpenElement(
                            chosen == null
                                    ? tag
                                    : mark(
                                            tag,
                                            "selected",
                                            chosen.contains(String.valueOf(tag.getAttributeValue("value")))));
                default -> super.handleOpenElement(tag);
            }
        }

        @Override
        public void handleStandaloneElement(IStandaloneElementTag tag) {
            super.handleStandaloneElement(
                    typed != null && inForm && tag.getElementCompleteName().equals("input") ? filled(tag, typed) : tag);
        }

        private IStandaloneElementTag filled(IStandaloneElementTag tag, UnsentForms.Form typed) {
            String type = String.valueOf(tag.getAttributeValue("type"));
            return switch (type) {
                case "password", "file", "submit", "button" -> tag;
                case "checkbox", "radio" ->
                    mark(
                            tag,
                            "checked",
                            typed.fields()
                                    .getOrDefault(tag.getAttributeValue("name"), List.of())
                                    .contains(tag.getAttributeValue("value")));
                case "hidden" ->
                    SHOWN.equals(tag.getAttributeValue("name")) && knows(tag) ? with(tag, "value", next(tag)) : tag;
                default -> knows(tag) ? with(tag, "value", next(tag)) : tag;
            };
        }

        private boolean knows(IProcessableElementTag tag) {
            return inForm
                    && !left.getOrDefault(tag.getAttributeValue("name"), List.of())
                            .isEmpty();
        }

        private String next(IProcessableElementTag tag) {
            return left.getOrDefault(tag.getAttributeValue("name"), List.of()).remove(0);
        }

        private <T extends IProcessableElementTag> T with(T tag, String attribute, String value) {
            return getContext().getModelFactory().setAttribute(tag, attribute, HtmlUtils.htmlEscape(value));
        }

        private <T extends IProcessableElementTag> T mark(T tag, String attribute, boolean on) {
            return on
                    ? with(tag, attribute, attribute)
                    : getContext().getModelFactory().removeAttribute(tag, attribute);
        }

        @Override
        public void handleText(IText text) {
            if (!replaced) super.handleText(text);
        }

        @Override
        public void handleCloseElement(ICloseElementTag tag) {
            switch (tag.getElementCompleteName()) {
                case "form" -> inForm = false;
                case "textarea" -> replaced = false;
                case "select" -> chosen = null;
                default -> {}
            }
            super.handleCloseElement(tag);
        }
    }
}
