package cn.jincai.web.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where somebody chooses how pages look; the switch for elderly people stands on every page, so that nobody has to look for it. */
@Controller
class DisplayPages {
    static final String ELDERS = "elders";
    /** A page of ours, as a browser asks for it. */
    private static final Pattern OWN = Pattern.compile("(?:/|(?:/[\\w.~%@:+-]++)++/?)(?:\\?[\\w.~%@:+&=-]*+)?");
    /** Characters of such an address; the matching goes a step deeper with each part of its path. */
    private static final int LONGEST = 500;

    private final Displays displays;

    DisplayPages(Displays displays) {
        this.displays = displays;
    }

    /** @param from the page to go back to */
    @GetMapping("/display")
    @PreAuthorize("permitAll()")
    String page(@RequestParam(defaultValue = "/") String from, Model model) {
        model.addAttribute("from", own(from));
        return "public/display";
    }

    /** @param words of {@link Display}; none: as the device asks for */
    @PostMapping("/display")
    @PreAuthorize("permitAll()")
    String choose(
            @RequestParam(defaultValue = "") List<String> words,
            @RequestParam(defaultValue = "/") String from,
            HttpServletRequest request,
            HttpServletResponse response) {
        displays.choose(Display.of(String.join(".", words)), request, response);
        return "redirect:" + own(from);
    }

    /** Nobody is led elsewhere by an address that somebody else made. */
    private static String own(String path) {
        return path.length() <= LONGEST && OWN.matcher(path).matches() ? path : "/";
    }

    /**
     * {@code ?look=elders} and {@code ?look=plain} on any page, with what is typed in it, as the language is chosen. With a form, which only our own pages can send,
     * it is kept with the account; an address that somebody followed changes no account.
     */
    @Configuration(proxyBeanMethods = false)
    static class Switch implements WebMvcConfigurer {
        private final ObjectProvider<Displays> displays;

        Switch(ObjectProvider<Displays> displays) {
            this.displays = displays;
        }

        @Override
        public void addInterceptors(InterceptorRegistry registry) {
            registry.addInterceptor(new HandlerInterceptor() {
                @Override
                public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                    String look = request.getParameter(PageLayout.LOOK);
                    if (look == null) return true;
                    Display chosen = Displays.of(request).forElders(look.equals(ELDERS));
                    if (request.getMethod().equals("POST")) displays.getObject().choose(chosen, request, response);
                    else displays.getObject().look(chosen, request, response);
                    return true;
                }
            });
        }
    }
}
