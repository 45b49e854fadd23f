package cn.jincai.demo;

import cn.jincai.applicant.contacts.TextMessages;
import cn.jincai.kernel.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The demo's gateway for text messages, asked over HTTP as a real one is. What it was given is read by the administrator, who plays everybody's phone. */
@RestController
@Profile("demo")
@Hidden
class TextMessageSimulator {
    private static final int KEPT = 50;
    /** Numbers of this beginning reach nobody. */
    private static final String NOBODY = "+999";

    private final SourceSimulator sources;
    private final Deque<Message> taken = new ArrayDeque<>();

    TextMessageSimulator(SourceSimulator sources) {
        this.sources = sources;
    }

    record Message(String to, String text) {
        @Override
        public String toString() {
            return "Message";
        }
    }

    @PostMapping("/simulator/text-messages")
    @PreAuthorize("permitAll()")
    synchronized ResponseEntity<Void> take(
            @RequestBody Message message,
            @RequestHeader(name = SourceSimulator.SECRET_HEADER, required = false) String secret) {
        if (!sources.knows(secret)) throw Problem.notFound();
        if (message.to().startsWith(NOBODY))
            return ResponseEntity.unprocessableEntity().build();
        taken.addFirst(message);
        if (taken.size() > KEPT) taken.removeLast();
        return ResponseEntity.status(HttpStatus.ACCEPTED).build();
    }

    /** The last ones, newest first. */
    @GetMapping("/api/demo/text-messages")
    @PreAuthorize("hasAuthority('admin')")
    synchronized List<Message> all() {
        return List.copyOf(taken);
    }

    @Configuration
    @Profile("demo")
    static class Gateway {
        @Bean
        TextMessages.Simulated simulatedTextMessages(SourceSimulator sources, Environment environment) {
            return new TextMessages.Simulated(
                    () -> URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port")
                            + "/simulator/text-messages"),
                    Map.of(SourceSimulator.SECRET_HEADER, sources.secret()));
        }
    }
}
