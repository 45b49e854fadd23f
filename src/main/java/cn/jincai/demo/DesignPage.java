package cn.jincai.demo;

import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The components of which pages are made, each in each state, for whoever changes the stylesheet. In the demo only. */
@Controller
@Profile("demo")
class DesignPage {
    @GetMapping("/design")
    @PreAuthorize("permitAll()")
    String design() {
        return "public/design";
    }
}
