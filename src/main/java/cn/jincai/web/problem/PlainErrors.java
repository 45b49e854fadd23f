package cn.jincai.web.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What is refused before any page could be chosen, such as a path that is none, is told in plain words in both languages: nobody knows yet which one is read. The
 * container's own page is English and names the container.
 */
public final class PlainErrors extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        if (response.getStatus() < HttpStatus.BAD_REQUEST.value()
                || response.getContentWritten() > 0
                || !response.setErrorReported()) return;
        HttpStatus known = HttpStatus.resolve(response.getStatus());
        var refusal = Refusal.of(known == null ? HttpStatus.BAD_REQUEST : known, HttpHeaders.EMPTY);
        try {
            response.setContentType(MediaType.TEXT_PLAIN_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getReporter()
                    .write(response.getStatus() + " " + refusal.text().both() + "\n");
            response.finishResponse();
        } catch (IOException hungUp) {
            // nobody reads it
        }
    }
}
