package cn.jincai.web.portal;

import cn.jincai.applicant.Employers;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Steps;
import cn.jincai.web.security.ActorArgument;
import cn.jincai.web.tasklist.TasklistAccess;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What stands around every page: assets, who is signed in, where he may go. Templates know it as {@code frame}. */
@Component
public class PageLayout {
    /** @param count what waits there, 0 for nothing */
    public record Place(String code, String path, boolean current, long count) {}

    private record Door(String code, String path, Set<Role> roles) {}

    private static final Set<Role> OFFICERS = Set.copyOf(Steps.shared().officers()),
            POLICY = Set.of(Role.POLICY_ADMIN, Role.POLICY_APPROVER);

    private static final List<Door> DOORS = List.of(
            new Door("schemes", "/schemes", Set.of()),
            new Door("notices", "/notices", Set.of()),
            new Door("cases", "/cases", Set.of(Role.APPLICANT)),
            new Door("inbox", "/inbox", Set.of(Role.APPLICANT, Role.EMPLOYER)),
            new Door("employer", "/employer", Set.of(Role.EMPLOYER)),
            new Door("tasklist", TasklistAccess.HOME, OFFICERS),
            new Door("in-hand", "/officers/tasks", OFFICERS),
            new Door("board", "/officers/board", Set.of(Role.LEADER, Role.SUPERVISOR, Role.AUDITOR)),
            new Door(
                    "persons",
                    "/officers/persons",
                    Set.of(Role.INTAKE, Role.REVIEWER, Role.SENIOR_REVIEWER, Role.SUPERVISOR, Role.AUDITOR)),
            new Door("filing", "/officers/filing", Set.of(Role.INTAKE)),
            new Door("search", "/officers/cases", and(OFFICERS, Role.AUDITOR)),
            new Door("finance", "/finance", Set.of(Role.FINANCE, Role.FINANCE_APPROVER, Role.AUDITOR)),
            new Door("packages", "/admin/packages", and(POLICY, Role.AUDITOR)),
            new Door(
                    "policies",
                    "/admin/policies",
                    and(
                            POLICY,
                            Role.LEADER,
                            Role.SUPERVISOR,
                            Role.SENIOR_REVIEWER,
                            Role.FINANCE_APPROVER,
                            Role.AUDITOR)),
            new Door("what-if", "/admin/what-if", and(POLICY, Role.LEADER, Role.AUDITOR)),
            new Door("calendar", "/admin/calendar", POLICY),
            new Door("passwords", "/admin/passwords", Set.of(Role.INTAKE, Role.ADMIN)),
            new Door("names", "/admin/names", Set.of(Role.INTAKE, Role.SUPERVISOR)),
            new Door("employers", "/admin/employers", Set.of(Role.INTAKE)),
            new Door("employer-changes", "/admin/employer-changes", Set.of(Role.ADMIN)),
            new Door("districts", "/admin/districts", Set.of(Role.ADMIN)),
            new Door("staff", "/admin/accounts", Set.of(Role.ADMIN)),
            new Door("inquiry", "/inquiry", Set.of(Role.SUPERVISOR, Role.AUDITOR)),
            new Door("audit", "/audit", Set.of(Role.AUDITOR)));

    private static Set<Role> and(Set<Role> roles, Role... more) {
        return Stream.concat(roles.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    /** The parameter by which large and clear pages are chosen. */
    static final String LOOK = "look";

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
        return ActorArgument.signedIn().isPresent();
    }

    /** How long the session lasts after the last request, in seconds; null where nobody is signed in. */
    public @Nullable Integer sessionSeconds() {
        var session = request().getSession(false);
        return signedIn() && session != null ? session.getMaxInactiveInterval() : null;
    }

    public String account() {
        return ActorArgument.signedIn().map(Actor::account).orElse("");
    }

    /** How many employers wait for an answer whether one will be their clerk. */
    public int asked() {
        return is(Role.APPLICANT.code()) && !failed()
                ? employers.proposalsTo(account()).size()
                : 0;
    }

    public boolean is(String role) {
        return roles().contains(Role.of(role));
    }

    private static Set<Role> roles() {
        return ActorArgument.signedIn().stream()
                .flatMap(who -> who.roles().stream())
                .map(Role::rights)
                .collect(Collectors.toSet());
    }

    /** The menu of whoever looks. */
    public List<Place> places() {
        return DOORS.stream()
                .filter(door -> door.roles.isEmpty() || !Collections.disjoint(door.roles, roles()))
                .map(door -> new Place(
                        door.code, door.path, isAt(door.path), door.code.equals("inbox") && !failed() ? unread() : 0))
                .toList();
    }

    private long unread() {
        return ActorArgument.signedIn().map(inbox::unread).orElse(0L);
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

    /** The languages that this page can be read in beside the one it is in. */
    public List<Language.Choice> otherLanguages() {
        String now = Language.code(LocaleContextHolder.getLocale());
        return Language.CHOICES.stream()
                .filter(choice -> !choice.code().equals(now))
                .toList();
    }

    /** This page in another language; an error page is told again at the address that was asked for. */
    public String inLanguage(String code) {
        return with("lang", code);
    }

    /** This page large and clear, or as before. */
    public String forElders(boolean elders) {
        return with(LOOK, elders ? DisplayPages.ELDERS : "plain");
    }

    /** Where one is, without what was asked there, in which somebody may have typed a name. */
    public String here() {
        Object asked = request().getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return asked == null ? request().getRequestURI() : asked.toString();
    }

    /** The same as a whole address, for those to whom it is sent. */
    public String address() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + here();
    }

    /** Where one is with what was asked there: for the body of a form, never for an address. */
    public String hereAsAsked() {
        String query = query();
        return here() + (query.isEmpty() ? "" : "?" + query.substring(0, query.length() - 1));
    }

    private String with(String name, String value) {
        return here() + "?" + query() + name + "=" + value;
    }

    /** What was asked, without language and look; an ampersand after each part. */
    private static String query() {
        HttpServletRequest request = request();
        return Stream.of(Objects.toString(request.getQueryString(), "").split("&"))
                .filter(part -> !part.isEmpty()
                        && !part.startsWith("lang=")
                        && !part.startsWith(LOOK + "=")
                        && !BROKEN.matcher(part).find())
                .map(part -> part + "&")
                .collect(Collectors.joining());
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
