package cn.jincai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** A body that is no upload has 1 MiB at most. Uploads have limits of their own. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {
    private static final long LARGEST = 1 << 20;

    private final ApiRefusals refusals;

    BodyLimit(ApiRefusals refusals) {
        this.refusals = refusals;
    }

    /** Thrown while reading a body whose length was not told; the parser's own exception carries it to the one who answers. */
    static class TooLarge extends IOException {}

    static Refusal refusal() {
        return Refusal.of(HttpStatus.PAYLOAD_TOO_LARGE, "TOO_LARGE", "请求内容超过 1 MB，请缩短后重试。", "The body is larger than 1 MB. Please make it shorter.");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        if (String.valueOf(request.getContentType()).startsWith("multipart/")) chain.doFilter(request, response);
        else if (request.getContentLengthLong() <= LARGEST) chain.doFilter(request.getContentLengthLong() < 0 ? new Counted(request) : request, response);
        else if (ProblemAdvice.underApi(request)) refusals.write(refusal(), request, response);
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
