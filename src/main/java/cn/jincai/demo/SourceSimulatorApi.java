package cn.jincai.demo;

import cn.jincai.demo.SourceSimulator.Mode;
import cn.jincai.kernel.Problem;
import cn.jincai.registry.SimulatedSources;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Where the demo's simulated sources answer: to this very process only, told by loopback and a secret of each start. */
@RestController
@Profile("demo")
@Hidden
class SourceSimulatorApi {
    private static final String SECRET = SourceSimulator.SECRET_HEADER;

    private final SourceSimulator simulator;

    SourceSimulatorApi(SourceSimulator simulator) {
        this.simulator = simulator;
    }

    @PostMapping("/simulator/sources/{name}")
    @PreAuthorize("permitAll()")
    DeferredResult<ResponseEntity<Object>> ask(
            @PathVariable String name,
            @RequestBody JsonNode question,
            @RequestHeader(name = SECRET, required = false) String secret,
            HttpServletRequest request) {
        if (!simulator.knows(secret) || !loopback(request)) throw Problem.notFound();
        var answer =
                new DeferredResult<ResponseEntity<Object>>(simulator.slowness().toMillis());
        Mode mode = simulator.mode(name);
        answer.onTimeout(() -> answer.setResult(
                ResponseEntity.status(HttpStatus.GATEWAY_TIMEOUT).build()));
        if (mode == Mode.DOWN)
            answer.setResult(
                    ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
        else if (mode != Mode.SLOW)
            answer.setResult(ResponseEntity.ok(
                    question.has("search") ? simulator.found(name, question) : simulator.answer(name, question)));
        return answer;
    }

    private static boolean loopback(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** No session and no token against forged requests: only this process knows the secret. */
    @Configuration
    @Profile("demo")
    static class Door {
        @Bean
        SimulatedSources simulatedSources(SourceSimulator simulator) {
            return new SimulatedSources(simulator::address, Map.of(SourceSimulator.SECRET_HEADER, simulator.secret()));
        }

        @Bean
        @Order(0)
        SecurityFilterChain simulatorDoor(HttpSecurity http) throws Exception {
            return http.securityMatchers(m -> m.requestMatchers(
                            PathPatternRequestMatcher.withDefaults().matcher("/simulator/**")))
                    .authorizeHttpRequests(a -> a.anyRequest().permitAll())
                    .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(AbstractHttpConfigurer::disable)
                    .build();
        }
    }
}
