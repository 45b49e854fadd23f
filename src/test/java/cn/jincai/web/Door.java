package cn.jincai.web;

import cn.jincai.kernel.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
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

/**
 * A page, form or call, as its handler declares it.
 *
 * @param rule   who may use it
 * @param wants  what a request must bring along to be understood at all, by name
 * @param knows  what it may bring along besides
 * @param upload it wants a file
 * @param json   a body that can be read
 */
record Door(
        String method, String path, String rule, Set<String> wants, Set<String> knows, boolean upload, String json) {
    static final Pattern NAMED = Pattern.compile("has(?:Any)?(?:Authority|Role)\\(([^)]*)\\)");

    /** Our own: beside them there are the tests' description of the API, and Tasklist. */
    static List<Door> all(RequestMappingHandlerMapping mapping) {
        List<Door> doors = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().getName().startsWith("cn.jincai.")) doors.addAll(of(info, handler));
        });
        return doors;
    }

    private static List<Door> of(RequestMappingInfo info, HandlerMethod handler) {
        var rule = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
        if (rule == null) rule = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class);
        String expression = rule == null ? "" : rule.value();
        Set<String> wants = new TreeSet<>(), knows = new TreeSet<>();
        boolean upload = false;
        String json = "{}";
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)
                    && List.class.isAssignableFrom(parameter.getParameterType())) json = "[]";
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named == null || Map.class.isAssignableFrom(parameter.getParameterType())) continue;
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            boolean wanted = named.required() && named.defaultValue().equals(ValueConstants.DEFAULT_NONE);
            (wanted ? wants : knows).add(named.name().isEmpty() ? parameter.getParameterName() : named.name());
            upload |= wanted && parameter.getParameterType() == MultipartFile.class;
        }
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        List<Door> doors = new ArrayList<>();
        for (String path : info.getPatternValues())
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                doors.add(new Door(method.name(), path, expression, wants, knows, upload, json));
        return doors;
    }

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
