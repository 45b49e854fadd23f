package cn.jincai.web.problem;

import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** What went wrong, as HTTP tells it: under /api as RFC 9457, elsewhere as a page. The same words in both. */
public record Refusal(HttpStatusCode status, String code, Text text, List<Mistake> mistakes, HttpHeaders headers) {
    private static final String RETRY_AFTER_SECONDS = "10";
    private static final Map<Integer, Text> TITLES = Map.ofEntries(
            Map.entry(400, new Text("请求有误", "The request is malformed")),
            Map.entry(401, new Text("请先登录", "Please sign in")),
            Map.entry(403, new Text("不能这样做", "This is not allowed")),
            Map.entry(404, new Text("没有找到", "Not found")),
            Map.entry(405, new Text("此地址不支持这种操作", "This address does not do that")),
            Map.entry(406, new Text("没有您要的格式", "Not available in that format")),
            Map.entry(409, new Text("与现状冲突", "In conflict with what is there")),
            Map.entry(412, new Text("内容已被他人修改", "Somebody has changed it meanwhile")),
            Map.entry(413, new Text("内容太大", "Too large")),
            Map.entry(415, new Text("不支持的内容格式", "This format is not read here")),
            Map.entry(422, new Text("有需要更正的内容", "There are things to correct")),
            Map.entry(428, new Text("缺少必要的请求头", "A required header is missing")),
            Map.entry(429, new Text("尝试次数过多", "Too many attempts")),
            Map.entry(500, new Text("系统出错", "Something went wrong here")),
            Map.entry(503, new Text("暂时不可用", "Not available just now")));

    public static Refusal of(HttpStatusCode status, String code, String zh, String en) {
        return new Refusal(status, code, new Text(zh, en), List.of(), HttpHeaders.EMPTY);
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

    /** Of a status that comes without words of its own: from the container, or from Spring. */
    public static Refusal of(HttpStatusCode status, HttpHeaders headers) {
        Text title = title(status);
        Text text = switch (status.value()) {
            case 401 -> new Text("请先登录，再试一次。", "Please sign in and try again.");
            case 403 ->
                new Text(
                        "您的身份不能进行此操作。如认为有误，请联系系统管理员。",
                        "Your role may not do this. If that is wrong, ask the administrator.");
            case 404 ->
                new Text(
                        "地址有误，或内容与您无关。请从首页重新查找。",
                        "The address is wrong, or it does not concern you. Please start from the first page.");
            case 500 ->
                new Text(
                        "您的内容没有保存。请稍后重试；仍不行时请联系系统管理员。",
                        "Nothing was saved. Please try again later, or tell the administrator.");
            default -> new Text(title.zh() + "。", title.en() + ".");
        };
        var known = HttpStatus.resolve(status.value());
        return new Refusal(status, known == null ? "HTTP_" + status.value() : known.name(), text, List.of(), headers);
    }

    static Text title(HttpStatusCode status) {
        return TITLES.getOrDefault(status.value(), status.is5xxServerError() ? TITLES.get(500) : TITLES.get(400));
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
