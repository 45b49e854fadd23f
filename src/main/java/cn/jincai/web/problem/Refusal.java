package cn.jincai.web.problem;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** What went wrong, as HTTP tells it: under /api as RFC 9457, elsewhere as a page. The same words in both. */
public record Refusal(HttpStatusCode status, String code, Text text, List<Mistake> mistakes, HttpHeaders headers) {
    private static final String RETRY_AFTER_SECONDS = "10";
    private static final Set<Integer> TITLED =
            Set.of(400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 422, 428, 429, 500, 503);

    /** The code is what stands behind the key's last dot. */
    public static Refusal of(HttpStatusCode status, String key, Object... values) {
        return new Refusal(status, Problem.codeOf(key), Text.of(key, values), List.of(), HttpHeaders.EMPTY);
    }

    public Refusal with(HttpHeaders more) {
        return new Refusal(status, code, text, mistakes, more);
    }

    public static Refusal of(Problem problem) {
        var status = switch (problem.kind()) {
            case MALFORMED -> HttpStatus.BAD_REQUEST;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case STALE -> HttpStatus.PRECONDITION_FAILED;
            case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
            case INVALID -> HttpStatus.UNPROCESSABLE_ENTITY;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        var headers = new HttpHeaders();
        if (problem.kind() == Problem.Kind.UNAVAILABLE) headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return new Refusal(status, problem.code(), problem.text(), problem.mistakes(), headers);
    }

    /** Of a form that is shown once more: sets the status and answers what is wrong in it. Whatever is no mistake of the form is thrown on. */
    public static List<Mistake> inForm(Problem problem, HttpServletResponse response) {
        if (problem.kind() != Problem.Kind.INVALID) throw problem;
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        return problem.mistakes();
    }

    /** Of a status that comes without words of its own: from the container, or from Spring. */
    public static Refusal of(HttpStatusCode status, HttpHeaders headers) {
        Text text = switch (status.value()) {
            case 401, 403, 404, 500 -> Text.of("web.status." + status.value() + ".detail");
            default -> Text.of("web.status.detail", title(status));
        };
        var known = HttpStatus.resolve(status.value());
        return new Refusal(status, known == null ? "HTTP_" + status.value() : known.name(), text, List.of(), headers);
    }

    /** One sentence: the first mistake, where there are any. */
    public String firstIn(Locale locale) {
        return (mistakes.isEmpty() ? text : mistakes.get(0).message()).in(locale);
    }

    /** For answers that are written by the one who refused. */
    public void writeHead(HttpServletResponse response) {
        response.setStatus(status.value());
        headers.toSingleValueMap().forEach(response::setHeader);
    }

    static Text title(HttpStatusCode status) {
        int titled = TITLED.contains(status.value()) ? status.value() : status.is5xxServerError() ? 500 : 400;
        return Text.of("web.status." + titled);
    }

    /** {@code type} names the kind of problem by its code; programs read {@code code} and {@code errors}, people {@code detail}. */
    public ProblemDetail toJson(Locale locale) {
        var json = ProblemDetail.forStatusAndDetail(status, text.in(locale));
        json.setType(URI.create("/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-')));
        json.setTitle(title(status).in(locale));
        json.setProperty("code", code);
        json.setProperty(
                "errors",
                mistakes.stream()
                        .map(m -> new Error(m.field(), m.code(), m.message().in(locale)))
                        .toList());
        return json;
    }

    public record Error(String field, String code, String message) {}
}
