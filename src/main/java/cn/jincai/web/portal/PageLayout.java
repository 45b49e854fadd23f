package cn.jincai.web.portal;

import cn.jincai.applicant.Employers;
import cn.jincai.filing.Inbox;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What stands around every page: assets, who is signed in, where he may go. Templates know it as {@code frame}. */
@Component
public class PageLayout {
    /** @param count what waits there, 0 for nothing */
    public record Place(String code, String path, boolean current, long count) {}

    private record Door(String code, String path, Set<Role> roles) {}

    private static final List<Door> DOORS = List.of(
            new Door("schemes", "/schemes", Set.of()),
            new Door("notices", "/notices", Set.of()),
            new Door("cases", "/cases", Set.of(Role.APPLICANT)),
            new Door("inbox", "/inbox", Set.of(Role.APPLICANT, Role.EMPLOYER)),
            new Door("employer", "/employer", Set.of(Role.EMPLOYER)),
            new Door(
                    "tasklist",
                    "/camunda/app/tasklist/default/",
                    Set.of(
                            Role.INTAKE,
                            Role.REVIEWER,
                            Role.SENIOR_REVIEWER,
                            Role.LEADER,
                            Role.EXPERT,
                            Role.SUPERVISOR,
                            Role.FINANCE,
                            Role.FINANCE_APPROVER)),
            new Door(
                    "in-hand",
                    "/officers/tasks",
                    Set.of(
                            Role.INTAKE,
                            Role.REVIEWER,
                            Role.SENIOR_REVIEWER,
                            Role.LEADER,
                            Role.EXPERT,
                            Role.SUPERVISOR,
                            Role.FINANCE,
                            Role.FINANCE_APPROVER)),
            new Door(
                    "search",
                    "/officers/cases",
                    Set.of(
                            Role.INTAKE,
                            Role.REVIEWER,
                            Role.SENIOR_REVIEWER,
                            Role.LEADER,
                            Role.EXPERT,
                            Role.SUPERVISOR,
                            Role.FINANCE,
                            Role.FINANCE_APPROVER,
                            Role.AUDITOR)),
            new Door("finance", "/finance", Set.of(Role.FINANCE, Role.FINANCE_APPROVER, Role.AUDITOR)),
            new Door("packages", "/admin/packages", Set.of(Role.POLICY_ADMIN, Role.POLICY_APPROVER, Role.AUDITOR)),
            new Door(
                    "what-if",
                    "/admin/what-if",
                    Set.of(Role.POLICY_ADMIN, Role.POLICY_APPROVER, Role.LEADER, Role.AUDITOR)),
            new Door("calendar", "/admin/calendar", Set.of(Role.POLICY_ADMIN, Role.POLICY_APPROVER)),
            new Door("passwords", "/admin/passwords", Set.of(Role.INTAKE, Role.ADMIN)),
            new Door("employers", "/admin/employers", Set.of(Role.INTAKE)),
            new Door("staff", "/admin/accounts", Set.of(Role.ADMIN)),
            new Door("audit", "/audit", Set.of(Role.AUDITOR)));

    /** A percent sign that stands for no character. */
    private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final Map<String, String> assets;
    private final boolean demo;
    private final Inbox inbox;
    private final Employers employers;

    PageLayout(Environment environment, ObjectMapper json, Inbox inbox, Employers employers) throws IOException {
        this.inbox = inbox;
        this.employers = employers;
        demo = environment.acceptsProfiles(Profiles.of("demo"));
        try (InputStream manifest = new ClassPathResource("static/assets/manifest.json").getInputStream()) {
            assets = json.readValue(manifest, new TypeReference<>() {});
        }
    }

    /** @throws IllegalArgumentException for a name that the bundle has not */
    public String file(String name) {
        String path = assets.get(name);
        if (path == null) throw new IllegalArgumentException("no asset " + name + ", there are " + assets.keySet());
        return path;
    }

    public boolean demo() {
        return demo;
    }

    public boolean signedIn() {
        return !(authentication() == null || authentication() instanceof AnonymousAuthenticationToken);
    }

    public String account() {
        return signedIn() ? authentication().getName() : "";
    }

    /** How many employers wait for an answer whether one will be their clerk. */
    public int asked() {
        return roles().contains(Role.APPLICANT) && !failed()
                ? employers.proposalsTo(account()).size()
                : 0;
    }

    public boolean is(String role) {
        return roles().contains(Role.of(role));
    }

    private static Authentication authentication() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private Set<Role> roles() {
        if (!signedIn()) return Set.of();
        Set<String> codes =
                authentication().getAuthorities().stream().map(Object::toString).collect(Collectors.toSet());
        return java.util.Arrays.stream(Role.values())
                .filter(r -> codes.contains(r.code()))
                .collect(Collectors.toSet());
    }

    /** The menu of whoever looks. */
    public List<Place> places() {
        Set<Role> roles = roles();
        List<Place> places = new ArrayList<>();
        for (Door door : DOORS)
            if (door.roles.isEmpty() || door.roles.stream().anyMatch(roles::contains))
                places.add(new Place(
                        door.code,
                        door.path,
                        isAt(door.path),
                        door.code.equals("inbox") && !failed() ? inbox.unread(new Actor(account(), roles)) : 0));
        return places;
    }

    /** The page says that the system could not: then nothing is counted for its menu, as that could not be either. */
    private static boolean failed() {
        HttpServletResponse answer =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getResponse();
        return answer != null && answer.getStatus() >= 500;
    }

    private static boolean isAt(String path) {
        String now = request().getRequestURI();
        return now.equals(path) || now.startsWith(path + "/");
    }

    /** This page in the other language; an error page is told again at the address that was asked for. */
    public String inLanguage(String code) {
        HttpServletRequest request = request();
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String query = Stream.of(Objects.toString(request.getQueryString(), "").split("&"))
                .filter(part -> !part.isEmpty()
                        && !part.startsWith("lang=")
                        && !BROKEN.matcher(part).find())
                .map(part -> part + "&")
                .collect(Collectors.joining());
        return (asked == null ? request.getRequestURI() : asked) + "?" + query + "lang=" + code;
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
