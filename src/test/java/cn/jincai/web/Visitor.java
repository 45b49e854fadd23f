package cn.jincai.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Somebody with a browser (cookies, no redirects followed) or a program with a password, at the application under test. */
public class Visitor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String address;
    private CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, String> always = new TreeMap<>();

    public record Answer(int status, String body, java.net.http.HttpHeaders headers) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String location() {
            return headers.firstValue("Location").orElse("");
        }
    }

    /** With a browser in which Chinese was chosen: accounts keep what other stories have chosen for them. */
    public Visitor(int port) {
        address = "http://127.0.0.1:" + port;
        inChinese();
    }

    private void inChinese() {
        HttpCookie chosen = new HttpCookie("JCLANG", "zh");
        chosen.setPath("/");
        chosen.setDomain("127.0.0.1"); // as the server's, which takes its place
        chosen.setVersion(0);
        cookies.getCookieStore().add(URI.create(address), chosen);
    }

    /** The session is over, as after half an hour of doing nothing; what else the browser keeps is there. */
    public Visitor withoutSession() {
        CookieStore store = cookies.getCookieStore();
        List.copyOf(store.getCookies()).stream()
                .filter(c -> !c.getName().equals("JCLANG") && !c.getName().equals("screening"))
                .forEach(c -> store.remove(URI.create(address), c));
        return this;
    }

    /** With a browser in which no language was chosen. */
    public Visitor forTheFirstTime() {
        cookies.getCookieStore().removeAll();
        return this;
    }

    /** Over TLS, which a proxy on this machine ends; so cookies come along that are meant for TLS only. */
    public Visitor overTls() {
        cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL) {
            @Override
            public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) throws IOException {
                return super.get(URI.create(uri.toString().replaceFirst("http:", "https:")), headers);
            }
        };
        client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        inChinese();
        always("X-Forwarded-Proto", "https");
        return this;
    }

    /** A header with each request. */
    public Visitor always(String header, String value) {
        always.put(header, value);
        return this;
    }

    /** As a program of the city: name and password with each call. */
    public Visitor withPassword(String name, String password) {
        return always(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** In the browser. */
    public Visitor signIn(String name) {
        var answer = trySignIn(name, name);
        if (answer.status() != 302) throw new AssertionError(name + " could not sign in: " + answer.status());
        return this;
    }

    public Answer trySignIn(String name, String password) {
        return form("/sign-in", "username=" + encode(name) + "&password=" + encode(password), get("/sign-in"));
    }

    public Answer signOut() {
        return form("/sign-out", "", get("/sign-in"));
    }

    /** Sends a form of a page with the page's own token. */
    public Answer form(String path, String fields, Answer page) {
        var token = TOKEN.matcher(page.body());
        if (!token.find()) throw new AssertionError("no token on the page");
        return send(
                "POST",
                path,
                fields + "&_csrf=" + encode(token.group(1)),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /** A form with a file in it, its parts divided by {@code --x}. */
    public Answer parts(String path, String parts, Answer page) {
        var token = TOKEN.matcher(page.body());
        if (!token.find()) throw new AssertionError("no token on the page");
        return send(
                "POST",
                path,
                "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token.group(1) + "\r\n" + parts,
                "Content-Type",
                "multipart/form-data; boundary=x");
    }

    /** All that a list of Tasklist shows, page by page. */
    public List<JsonNode> listed(String filter) {
        List<JsonNode> all = new ArrayList<>();
        while (true) {
            JsonNode page = post(
                            "/camunda/api/engine/engine/default/filter/" + filter + "/list?firstResult=" + all.size()
                                    + "&maxResults=50",
                            "{\"sorting\":[{\"sortBy\":\"created\",\"sortOrder\":\"desc\"}],\"active\":true}")
                    .json();
            if (page.isEmpty()) return all;
            page.forEach(all::add);
        }
    }

    /** Opens Tasklist's page, which hands out its token. */
    public Visitor inTasklist() {
        if (get("/camunda/app/tasklist/default/").status() != 200) throw new AssertionError("Tasklist does not open");
        return this;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** JSON, with Tasklist's token where there is one. */
    public Answer post(String path, String json) {
        return tasklist("POST", path, json);
    }

    public Answer put(String path, String json) {
        return tasklist("PUT", path, json);
    }

    private Answer tasklist(String method, String path, String json) {
        String token = cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
        return send(method, path, json, "Content-Type", "application/json", "X-XSRF-TOKEN", token);
    }

    public Answer send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        always.forEach(request::setHeader);
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The page to which the browser goes on from here, which has to be this one. */
    public Answer follow(Answer sent, String path) {
        String next = sent.location().replaceFirst("^http://[^/]+", "");
        if (sent.status() != 302 || !next.equals(path))
            throw new AssertionError(sent.status() + " " + next + " instead of " + path + "\n" + sent.body());
        return get(path.replaceFirst("#.*", ""));
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public boolean headersHaveNoCookie(String path) {
        return get(path).headers().firstValue("Set-Cookie").isEmpty();
    }
}
