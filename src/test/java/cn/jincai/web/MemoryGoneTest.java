package cn.jincai.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.Running;
import cn.jincai.kernel.MemoryGone;
import cn.jincai.web.problem.BeforeControllers;
import cn.jincai.web.problem.ErrorPage;
import cn.jincai.web.problem.ProblemAdvice;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@Tag("issue-13.12")
class MemoryGoneTest {
    /** A server in little: its main thread waits, and the memory goes on another one, wherever the server's own would hear of it. */
    public static final class Server {
        public static void main(String[] args) throws InterruptedException {
            MemoryGone.endsTheProcess();
            new Thread(() -> {
                        try {
                            byte[][] all = new byte[1000][];
                            for (int i = 0; i < all.length; i++) all[i] = new byte[1 << 20];
                        } catch (OutOfMemoryError gone) {
                            hear(args[0], gone);
                        }
                    })
                    .start();
            new CountDownLatch(1).await();
        }

        private static void hear(String where, OutOfMemoryError gone) {
            var request = new MockHttpServletRequest("GET", "/cases");
            var wrapped = new ServletException("Handler dispatch failed", gone);
            request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, wrapped);
            try {
                if (where.equals("controller"))
                    new ProblemAdvice(null).answer(wrapped, request, new MockHttpServletResponse());
                else if (where.equals("filter")) behindAFilter(request, gone);
                else if (where.equals("page")) new ErrorPage().error(request, new MockHttpServletResponse());
                else throw gone;
            } catch (Exception e) {
                System.exit(9);
            }
        }

        /** The container notes down what comes out of it, and goes on. */
        private static void behindAFilter(MockHttpServletRequest request, OutOfMemoryError gone)
                throws ServletException, IOException {
            try {
                new BeforeControllers().doFilter(request, new MockHttpServletResponse(), (asked, answer) -> {
                    throw gone;
                });
            } catch (OutOfMemoryError noted) {
                System.exit(9);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "filter", "controller", "page"})
    void aProcessWithoutMemoryEndsSoThatItIsStartedAgain(String where, @TempDir Path folder) {
        try (Running server = Running.start(
                folder, Map.of(), List.of("-Xmx40m", "-cp", Running.testClasses(), Server.class.getName(), where))) {
            assertThat(server.untilEnded()).as(server.console()).isEqualTo(MemoryGone.STATUS);
            assertThat(server.console()).contains("-Xmx");
        }
    }
}
