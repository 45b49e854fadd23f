package cn.jincai.web.api;

import org.springframework.stereotype.Component;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What comes in is checked where it is read, in both languages; Tasklist's Bean Validation, which Spring would find on the class path, is not started for it. */
@Component
class NoBeanValidation implements WebMvcConfigurer, Validator {
    @Override
    public Validator getValidator() {
        return this;
    }

    @Override
    public boolean supports(Class<?> type) {
        return false;
    }

    @Override
    public void validate(Object target, Errors errors) {
        throw new IllegalStateException("supports nothing");
    }
}
