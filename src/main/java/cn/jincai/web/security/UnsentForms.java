package cn.jincai.web.security;

import cn.jincai.web.problem.BodyLimit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What somebody sent from a page whose session had ended. It waits in the new session, in memory alone, until the same person has signed in and
 * sees the page again; nobody else does. Passwords and files do not wait.
 */
@Component
class UnsentForms implements HandlerInterceptor, WebMvcConfigurer {
    /** Under which a page finds what was typed into it before; {@link RestoredForm} puts it there. */
    static final String HERE = "typedAgain";

    private static final int LONGEST = 200_000;
    /** For all sessions together, so that nobody can fill the memory with them: some 40 MB. Beyond it people are told to go back. */
    private static final int ALL = 20_000_000;

    private final PageToken token;
    private final AtomicInteger held = new AtomicInteger();

    UnsentForms(PageToken token) {
        this.token = token;
    }

    /**
     * @param owner  whose page it was, as {@link PageToken} has it
     * @param page   its path, with what was asked for
     * @param action where the form goes
     * @param files  whether files went along, which have to be chosen again
     */
    record Form(String owner, String page, String action, Map<String, List<String>> fields, boolean files) {
        private int size() {
            return fields.values().stream()
                    .flatMap(List::stream)
                    .mapToInt(String::length)
                    .sum();
        }

        private boolean isOn(String path) {
            return page.replaceFirst("\\?.*", "").equals(path);
        }
    }

    private final class Waiting implements HttpSessionBindingListener {
        private final Form form;

        private Waiting(Form form) {
            this.form = form;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            held.addAndGet(form.size());
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            held.addAndGet(-form.size());
        }
    }

    /**
     * Keeps a form of one of our pages that comes without its session. Empty for anything else: from another site, from a page of somebody else
     * than who is signed in, or too long.
     */
    Optional<Form> keep(HttpServletRequest sent) {
        Optional<String> page = pageOf(sent), owner = token.ownerOf(sent);
        if (page.isEmpty()
                || owner.isEmpty()
                || ActorArgument.signedIn().isPresent() && !owner.get().equals(token.ownerNow()))
            return Optional.empty();
        var fields = new LinkedHashMap<String, List<String>>();
        sent.getParameterMap().forEach((name, texts) -> {
            if (!isSecret(name)) fields.put(name, List.of(texts));
        });
        var form = new Form(owner.get(), page.get(), sent.getRequestURI(), fields, BodyLimit.isUpload(sent));
        if (form.size() > LONGEST || held.get() + form.size() > ALL) return Optional.empty();
        sent.getSession().setAttribute(HERE, new Waiting(form));
        return Optional.of(form);
    }

    /** The token, passwords ({@code old} is the one before, where it is changed) and codes of a second factor. */
    private static boolean isSecret(String name) {
        return name.equals("_csrf")
                || name.equals("old")
                || name.equals("code")
                || name.toLowerCase(Locale.ROOT).contains("password");
    }

    /** The page of ours from which it was sent: browsers tell, and a page elsewhere can't pretend. Only ever a path. */
    private static Optional<String> pageOf(HttpServletRequest sent) {
        String here = sent.getScheme() + "://" + sent.getHeader(HttpHeaders.HOST),
                from = sent.getHeader(HttpHeaders.REFERER),
                origin = sent.getHeader(HttpHeaders.ORIGIN);
        if (from == null || !from.startsWith(here + "/") || origin != null && !origin.equals(here))
            return Optional.empty();
        return Optional.of(from.substring(here.length()))
                .filter(path -> path.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*"));
    }

    /** Where the person who has just signed in goes on; what somebody else typed is forgotten. */
    Optional<String> goesOnAt(HttpServletRequest request, String account) {
        Optional<Form> form = waiting(request);
        if (form.isPresent() && !form.get().owner.equals(token.owner(account)))
            request.getSession().removeAttribute(HERE);
        return form.filter(f -> f.owner.equals(token.owner(account))).map(Form::page);
    }

    static Optional<Form> waiting(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(HERE) instanceof Waiting waiting
                ? Optional.of(waiting.form)
                : Optional.empty();
    }

    /** Its page shows it until it is sent, or saved as one goes on typing. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        waiting(request).ifPresent(form -> {
            if (!request.getMethod().equals("GET") && (request.getRequestURI() + "/").startsWith(form.action + "/"))
                request.getSession().removeAttribute(HERE);
            else if (form.isOn(request.getRequestURI()) && form.owner.equals(token.ownerNow()))
                request.setAttribute(HERE, form);
        });
        return true;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }
}
