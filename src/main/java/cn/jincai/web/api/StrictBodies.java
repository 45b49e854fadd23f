package cn.jincai.web.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.AbstractJackson2HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A body of our API with a field that it does not have is refused, so that a misspelt one is not lost; 4.7 is no whole number. What a list holds is
 * there: null in it is a mistake, told by its place, as is a name that stands twice,
 * over which a record of one field would break.
 */
@Configuration(proxyBeanMethods = false)
class StrictBodies implements WebMvcConfigurer {
    /** Libraries bring CBOR and YAML along for things of their own; a body in either would be read without these rules. */
    @Override
    public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.removeIf(one -> one instanceof AbstractJackson2HttpMessageConverter
                && !(one instanceof MappingJackson2HttpMessageConverter));
    }

    @Bean
    Jackson2ObjectMapperBuilderCustomizer nothingIsSwallowed() {
        return builder -> builder.featuresToDisable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .featuresToEnable(
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .postConfigurer(mapper -> {
                    mapper.addHandler(new OfOurs());
                    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
                });
    }

    private static class OfOurs extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context, JsonParser body, JsonDeserializer<?> reader, Object read, String name)
                throws IOException {
            Class<?> type = read instanceof Class<?> c ? c : read.getClass();
            var said = type.getAnnotation(JsonIgnoreProperties.class); // by a body that lives in its own room
            boolean strict = type.getNestHost().isAnnotationPresent(RestController.class)
                    || said != null && !said.ignoreUnknown();
            if (!strict) return false; // what others send us, as sources do, may have more than we read
            throw UnrecognizedPropertyException.from(body, read, name, List.of());
        }
    }
}
