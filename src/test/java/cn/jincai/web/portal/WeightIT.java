package cn.jincai.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a page with all that it loads weighs on the line, at a first visit. */
@CaseTest
@Tag("issue-18.13")
class WeightIT {
    private static final Path REPORT = Path.of("target/weight.txt");
    private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");
    private static final int KIB = 1024;

    @LocalServerPort
    int port;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeEach
    void aReport() throws IOException {
        Files.createDirectories(REPORT.getParent());
    }

    private HttpResponse<byte[]> get(String path, String encodings) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Accept-Encoding", encodings)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static int weight(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(answer.uri().getPath()).isEqualTo(200);
        int head = answer.headers().map().entrySet().stream()
                .mapToInt(h -> h.getValue().stream()
                        .mapToInt(v -> h.getKey().length() + v.length() + 4)
                        .sum())
                .sum();
        return head + answer.body().length;
    }

    /** @return in bytes, with heads */
    private int weightOf(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> page = get(path, "gzip, br");
        assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
        String html = new String(
                new GZIPInputStream(new ByteArrayInputStream(page.body())).readAllBytes(), StandardCharsets.UTF_8);
        Set<String> loaded = new LinkedHashSet<>();
        var matcher = LOADED.matcher(html);
        while (matcher.find()) loaded.add(matcher.group(1));
        assertThat(loaded).hasSizeGreaterThan(2);
        int sum = weight(page);
        for (String file : loaded) sum += weight(get(file, "gzip, br"));
        Files.writeString(
                REPORT,
                path + ": " + sum + " bytes in " + (loaded.size() + 1) + " requests\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return sum;
    }

    @Test
    void theHomePageWeighsAtMost60KiB() throws Exception {
        assertThat(weightOf("/")).isLessThan(60 * KIB);
    }

    @Test
    void aFormPageWeighsAtMost120KiB() throws Exception {
        for (String form : new String[] {"/screener", "/screener/question/certificateLevel", "/register"})
            assertThat(weightOf(form)).as(form).isLessThan(120 * KIB);
    }

    @Test
    void aBrowserGetsWhatItUnderstandsAndTheSameWords() throws Exception {
        String page = new String(get("/", "identity").body(), StandardCharsets.UTF_8);
        var style = Pattern.compile("href=\"(/assets/portal-[^\"]+\\.css)\"").matcher(page);
        assertThat(style.find()).isTrue();
        HttpResponse<byte[]> plain = get(style.group(1), "identity"),
                zipped = get(style.group(1), "gzip"),
                brotli = get(style.group(1), "br, gzip");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(brotli.headers().firstValue("Content-Encoding")).hasValue("br");
        for (var answer : new HttpResponse<?>[] {plain, zipped, brotli}) {
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(t -> assertThat(t).startsWith("text/css"));
            assertThat(answer.headers().allValues("Vary"))
                    .anyMatch(v -> v.toLowerCase(Locale.ROOT).contains("accept-encoding"));
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(c -> assertThat(c).contains("immutable"));
        }
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(brotli.body().length).isLessThan(zipped.body().length);
        assertThat(get("/assets/no-such.css", "br").statusCode()).isEqualTo(404);
    }

    /** 𠮷 is in names of people here; a page with it needs one slice of the font, not the font. */
    @Test
    @Tag("issue-18.7")
    void aRareCharacterBringsOneSmallSliceOfItsFont() throws Exception {
        String page = new String(get("/", "identity").body(), StandardCharsets.UTF_8);
        var style = Pattern.compile("href=\"(/assets/portal-[^\"]+\\.css)\"").matcher(page);
        assertThat(style.find()).isTrue();
        String css = new String(get(style.group(1), "identity").body(), StandardCharsets.UTF_8);
        var slices = Pattern.compile(
                        "url\\(\"?(/assets/rare-[^)\"]+)\"?\\)[^}]*unicode-range:\\s*U\\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?")
                .matcher(css);
        int all = 0, loaded = 0;
        while (slices.find()) {
            all++;
            int first = Integer.parseInt(slices.group(2), 16),
                    last = slices.group(3) == null ? first : Integer.parseInt(slices.group(3), 16);
            if (0x20BB7 < first || 0x20BB7 > last) continue;
            loaded++;
            assertThat(weight(get(slices.group(1), "br"))).isLessThan(60 * KIB);
        }
        assertThat(all).as("slices").isGreaterThan(10);
        assertThat(loaded).isEqualTo(1);
    }
}
