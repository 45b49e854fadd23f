package cn.jincai.web.api;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** All calls as OpenAPI: {@code docs/openapi.json}, which a test reads off the code and compares, so that the running product need not (decision 131). */
@RestController
class ApiDescription {
    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    @PreAuthorize("permitAll()")
    Resource description() {
        return new ClassPathResource("api/openapi.json");
    }
}
