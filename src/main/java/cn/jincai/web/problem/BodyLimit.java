package cn.jincai.web.problem;

import cn.jincai.web.security.ApiRefusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** A body that is no upload has 1 MiB at most. Rooms say how large a file may be; what is far beyond that is refused before anything reads it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public class BodyLimit extends OncePerRequestFilter {
    private static final long LARGEST = 1 << 20;

    private final ApiRefusals refusals;
    private final long largestUpload;

    BodyLimit(ApiRefusals refusals, @Value("${spring.servlet.multipart.max-request-size}") DataSize largestUpload) {
        this.refusals = refusals;
        this.largestUpload = largestUpload.toBytes();
    }

    /** Thrown while reading a body whose length was not told; the parser's own exception carries it to the one who answers. */
    static class TooLarge extends IOException {}

    static Refusal refusal() {
        return Refusal.of(HttpStatus.PAYLOAD_TOO_LARGE, "web.body.TOO_LARGE");
    }

    static Refusal uploadRefusal() {
        return Refusal.of(HttpStatus.PAYLOAD_TOO_LARGE, "web.upload.TOO_LARGE");
    }

    public static boolean isUpload(HttpServletRequest request) {
        return String.valueOf(request.getContentType()).startsWith("multipart/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean upload = isUpload(request);
        if (request.getContentLengthLong() <= (upload ? largestUpload : LARGEST))
            chain.doFilter(upload || request.getContentLengthLong() >= 0 ? request : new Counted(request), response);
        else if (ProblemAdvice.underApi(request))
            refusals.write(upload ? uploadRefusal() : refusal(), request, response);
        else response.sendError(HttpStatus.PAYLOAD_TOO_LARGE.value());
    }

    private static class Counted extends HttpServletRequestWrapper {
        Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            var in = super.getInputStream();
            return new ServletInputStream() {
                private long left = LARGEST;

                @Override
                public int read() throws IOException {
                    int one = in.read();
                    if (one >= 0) count(1);
                    return one;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = in.read(into, offset, length);
                    if (read > 0) count(read);
                    return read;
                }

                private void count(int read) throws IOException {
                    left -= read;
                    if (left < 0) throw new TooLarge();
                }

                @Override
                public boolean isFinished() {
                    return in.isFinished();
                }

                @Override
                public boolean isReady() {
                    return in.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    in.setReadListener(listener);
                }
            };
        }
    }
}
