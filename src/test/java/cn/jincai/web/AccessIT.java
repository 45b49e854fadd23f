package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.kernel.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page and call says who may use it, and each role, and nobody at all, tries them all. */
@CaseTest
class AccessIT {
    private static final Pattern NAMED = Pattern.compile("has(?:Any)?(?:Authority|Role)\\(([^)]*)\\)");

    @LocalServerPort int port;
    @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping;

    private record Door(String method, String path, String rule, boolean needsMore) {
        boolean isApi() {
            return path.startsWith("/api/");
        }

        boolean isOpenTo(Role role) {
            if (rule.contains("permitAll()")) return true;
            if (role == null) return false;
            if (rule.contains("isAuthenticated()")) return true;
            var named = NAMED.matcher(rule);
            Set<String> roles = new TreeSet<>();
            while (named.find()) Stream.of(named.group(1).split(",")).map(r -> r.replace("'", "").strip()).forEach(roles::add);
            return roles.contains(role.code());
        }

        /** Any number, name or file will do: what matters is who is let in. */
        String filled() {
            return path.replaceAll("\\{[^}]*}", "1");
        }
    }

    private List<Door> doors;

    @BeforeEach
    void allDoors() {
        doors = new ArrayList<>();
        ours().forEach((info, handler) -> {
            var rule = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
            if (rule == null) rule = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class);
            String expression = rule == null ? "" : rule.value();
            boolean needsMore = Arrays.stream(handler.getMethodParameters()).anyMatch(p -> p.getParameterAnnotations().length > 0);
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String path : info.getPatternValues())
                for (String method : methods.isEmpty() ? Set.of("GET") : methods.stream().map(Enum::name).collect(Collectors.toSet()))
                    doors.add(new Door(method, path, expression, needsMore || path.contains("{")));
        });
    }

    private Map<RequestMappingInfo, HandlerMethod> ours() {
        var ours = new LinkedHashMap<RequestMappingInfo, HandlerMethod>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().getName().startsWith("cn.jincai.")) ours.put(info, handler);
        });
        return ours;
    }

    @Test
    void everyDoorSaysWhoMayUseIt() {
        assertThat(doors).hasSizeGreaterThan(20);
        assertThat(doors).allSatisfy(door -> assertThat(door.rule()).as(door.method() + " " + door.path())
            .matches("permitAll\\(\\)|isAuthenticated\\(\\)|has(Any)?Authority\\(('[a-z-]+'(, ?)?)+\\)"));
        Set<String> codes = Arrays.stream(Role.values()).map(Role::code).collect(Collectors.toSet());
        assertThat(doors).allSatisfy(door -> {
            var named = NAMED.matcher(door.rule());
            while (named.find()) assertThat(codes).as(door.path()).containsAll(Stream.of(named.group(1).split(",")).map(r -> r.replace("'", "").strip()).toList());
        });
    }

    @Test
    void nobodyAndEachRoleTryEveryPageAndCall() {
        var wrong = new ArrayList<String>();
        for (Role role : roles()) {
            var atPages = role == null ? new Visitor(port) : new Visitor(port).signIn(account(role));
            var atApi = role == null ? new Visitor(port) : new Visitor(port).withPassword(account(role), account(role));
            for (Door door : doors) {
                if (!door.method().equals("GET") || door.path().equals("/error")) continue;
                var answer = (door.isApi() ? atApi : atPages).get(door.filled(), "Accept", door.isApi() ? "*/*" : "text/html");
                String told = complaint(door, role, answer);
                if (told != null) wrong.add((role == null ? "anonymous" : role.code()) + " GET " + door.path() + " [" + door.rule() + "]: " + answer.status() + " " + told);
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** What changes something is not tried with sense; but who may not use it gets no further than the door. */
    @Test
    void whoMayNotUseACallIsRefusedThereToo() {
        var wrong = new ArrayList<String>();
        for (Role role : roles()) {
            var caller = role == null ? new Visitor(port) : new Visitor(port).withPassword(account(role), account(role));
            for (Door door : doors) {
                if (door.method().equals("GET") || !door.isApi() || door.isOpenTo(role)) continue;
                var answer = caller.send(door.method(), door.filled(), "{}", "Content-Type", "application/json");
                boolean refused = role == null ? answer.status() == 401 : Set.of(400, 403, 404, 415, 422).contains(answer.status());
                if (!refused) wrong.add((role == null ? "anonymous" : role.code()) + " " + door.method() + " " + door.path() + ": " + answer.status());
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    private static String complaint(Door door, Role role, Visitor.Answer answer) {
        boolean toSignIn = answer.status() == 401 || answer.status() == 302 && answer.location().endsWith("/sign-in");
        if (answer.status() >= 500) return "broken";
        if (door.isOpenTo(role)) return toSignIn ? "asks for a sign-in" : answer.status() == 403 && !door.needsMore() ? "refused" : null;
        if (role == null) return toSignIn ? null : "let in without a sign-in";
        boolean refused = answer.status() == 403 || door.needsMore() && (answer.status() == 400 || answer.status() == 404);
        return refused ? null : "not refused";
    }

    private static List<Role> roles() {
        var roles = new ArrayList<Role>(Arrays.asList(Role.values()));
        roles.add(null);
        return roles;
    }

    private static String account(Role role) {
        return role == Role.EXPERT ? "expert1" : Objects.requireNonNull(role).code();
    }
}
