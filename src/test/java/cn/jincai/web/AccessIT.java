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
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page and call says who may use it, and each role, and nobody at all, tries them all. */
@CaseTest
class AccessIT {
    private static final Pattern NAMED = Pattern.compile("has(?:Any)?(?:Authority|Role)\\(([^)]*)\\)");

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    /** @param wants what a request must bring along to be understood at all, by name; @param upload it wants a file; @param json a body that can be read */
    private record Door(String method, String path, String rule, Set<String> wants, boolean upload, String json) {
        boolean isApi() {
            return path.startsWith("/api/");
        }

        boolean isOpenTo(Role role) {
            if (rule.contains("permitAll()")) return true;
            if (role == null) return false;
            if (rule.contains("isAuthenticated()")) return true;
            var named = NAMED.matcher(rule);
            Set<String> roles = new TreeSet<>();
            while (named.find())
                Stream.of(named.group(1).split(","))
                        .map(r -> r.replace("'", "").strip())
                        .forEach(roles::add);
            return roles.contains(role.code());
        }

        /** Any case, number, name or file will do: what matters is who is let in. */
        String filled() {
            String any = path.replace("{number}", path.contains("/runs/") ? "RUN-x-2026-03" : "JC2026999999")
                    .replaceAll("\\{[^}]*}", "1");
            return method.equals("GET") && !wants.isEmpty() ? any + "?" + fields() : any;
        }

        String fields() {
            return wants.stream().map(name -> name + "=1").collect(Collectors.joining("&"));
        }

        /** The same with an empty file, as browsers send it. */
        String parts() {
            return wants.stream()
                            .map(name -> "--x\r\nContent-Disposition: form-data; name=\"" + name + "\""
                                    + (name.equals("file") ? "; filename=\"f\"" : "") + "\r\n\r\n1\r\n")
                            .collect(Collectors.joining())
                    + "--x--\r\n";
        }

        @Override
        public String toString() {
            return method + " " + path + " [" + rule + "]";
        }
    }

    private List<Door> doors;

    @BeforeEach
    void allDoors() {
        doors = new ArrayList<>();
        for (var ours : ours().entrySet()) {
            RequestMappingInfo info = ours.getKey();
            HandlerMethod handler = ours.getValue();
            var rule = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
            if (rule == null)
                rule = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class);
            String expression = rule == null ? "" : rule.value();
            Set<String> wants = new TreeSet<>();
            boolean upload = false;
            String json = "{}";
            for (var parameter : handler.getMethodParameters()) {
                if (parameter.hasParameterAnnotation(RequestBody.class)
                        && List.class.isAssignableFrom(parameter.getParameterType())) json = "[]";
                RequestParam wanted = parameter.getParameterAnnotation(RequestParam.class);
                if (wanted == null
                        || !wanted.required()
                        || !wanted.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                        || Map.class.isAssignableFrom(parameter.getParameterType())) continue;
                parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
                wants.add(wanted.name().isEmpty() ? parameter.getParameterName() : wanted.name());
                upload |= parameter.getParameterType() == MultipartFile.class;
            }
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String path : info.getPatternValues())
                for (String method : methods.isEmpty()
                        ? Set.of("GET")
                        : methods.stream().map(Enum::name).collect(Collectors.toSet()))
                    doors.add(new Door(method, path, expression, wants, upload, json));
        }
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
        assertThat(doors)
                .allSatisfy(door -> assertThat(door.rule())
                        .as(door.method() + " " + door.path())
                        .matches("permitAll\\(\\)|isAuthenticated\\(\\)|has(Any)?Authority\\(('[a-z-]+'(, ?)?)+\\)"));
        Set<String> codes = Arrays.stream(Role.values()).map(Role::code).collect(Collectors.toSet());
        assertThat(doors).allSatisfy(door -> {
            var named = NAMED.matcher(door.rule());
            while (named.find())
                assertThat(codes)
                        .as(door.path())
                        .containsAll(Stream.of(named.group(1).split(","))
                                .map(r -> r.replace("'", "").strip())
                                .toList());
        });
    }

    /** The tests' own description of the API says nothing of who may read it. */
    @Test
    void anEndpointThatDoesNotSayWhoMayCallItIsClosedToAll() {
        for (Role role : roles()) {
            if (role == null) continue;
            assertThat(new Visitor(port).signIn(account(role)).get("/described").status())
                    .as(role.code())
                    .isEqualTo(403);
        }
    }

    /** Beside our own there is only the tests' description of the API. */
    @Test
    void nothingElseHasBeenLeftOpen() {
        assertThat(mapping.getHandlerMethods().values())
                .map(h -> h.getBeanType().getName())
                .filteredOn(name -> !name.startsWith("cn.jincai."))
                .allMatch(name -> name.startsWith("org.springdoc."));
    }

    @Test
    void nobodyAndEachRoleReadEveryPageAndCall() {
        var wrong = new ArrayList<String>();
        for (Role role : roles()) {
            var atPages = role == null ? new Visitor(port) : new Visitor(port).signIn(account(role));
            var atApi = role == null ? new Visitor(port) : new Visitor(port).withPassword(account(role), account(role));
            for (Door door : doors) {
                if (!door.method().equals("GET") || door.path().equals("/error")) continue;
                var answer = (door.isApi() ? atApi : atPages)
                        .get(door.filled(), "Accept", door.isApi() ? "*/*" : "text/html, */*;q=0.1");
                String told = complaint(door, role, answer);
                if (told != null)
                    wrong.add((role == null ? "anonymous" : role.code()) + " " + door + ": " + answer.status() + " "
                            + told);
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    /** Whoever may not use a form or a call gets no further than the door, whatever he sends; those who may are not tried: it would change something. */
    @Test
    void whoMayNotChangeSomethingIsRefused() {
        var wrong = new ArrayList<String>();
        for (Role role : roles()) {
            var atPages = role == null ? new Visitor(port) : new Visitor(port).signIn(account(role));
            var page = atPages.get(role == null ? "/sign-in" : "/");
            var atApi = role == null ? new Visitor(port) : new Visitor(port).withPassword(account(role), account(role));
            for (Door door : doors) {
                if (door.method().equals("GET") || door.isOpenTo(role)) continue;
                var answer = door.isApi()
                        ? atApi.send(
                                door.method(),
                                door.filled(),
                                door.upload() ? door.parts() : door.json(),
                                "Content-Type",
                                door.upload() ? "multipart/form-data; boundary=x" : "application/json")
                        : door.upload()
                                ? atPages.parts(door.filled(), door.parts(), page)
                                : atPages.form(door.filled(), door.fields(), page);
                String told = complaint(door, role, answer);
                if (told != null)
                    wrong.add((role == null ? "anonymous" : role.code()) + " " + door + ": " + answer.status() + " "
                            + told);
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    }

    private static String complaint(Door door, Role role, Visitor.Answer answer) {
        boolean toSignIn = answer.status() == 401
                || answer.status() == 302 && answer.location().endsWith("/sign-in");
        if (answer.status() >= 500) return "broken";
        if (door.isOpenTo(role)) return toSignIn ? "asks for a sign-in" : answer.status() == 403 ? "refused" : null;
        if (role == null) return toSignIn ? null : "let in without a sign-in";
        return answer.status() == 403 ? null : "not refused";
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
