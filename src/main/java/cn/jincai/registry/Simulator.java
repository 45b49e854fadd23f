package cn.jincai.registry;

import cn.jincai.kernel.Problem;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Service;

/** The demo's stand-in for all outside sources: answers over HTTP like they do, about sample people that only this demo knows. */
@Service
@Profile("demo")
public class Simulator {
    /** Drawn anew at each start, so that nothing but this process can ask about the people. */
    public static final String SECRET_HEADER = "X-Simulator-Secret";

    public enum Mode {
        OK, DOWN, SLOW, CONTRADICTS;

        /** @throws Problem INVALID for a word that is none of the four */
        public static Mode of(String word) {
            return Arrays.stream(values()).filter(m -> m.word().equals(word)).findFirst().orElseThrow(() ->
                Problem.invalid("mode", "UNKNOWN_MODE", "模式只能是 ok、down、slow 或 contradicts。", "The mode is one of ok, down, slow, contradicts."));
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String secret = newSecret();
    private final Map<String, Mode> modes = new ConcurrentHashMap<>();
    private final Environment environment;

    Simulator(Environment environment) {
        this.environment = environment;
    }

    /** Of this application itself; known only once its web server has started, so it is read at each call. */
    URI address(String source) {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + "/simulator/sources/" + source);
    }

    String secret() {
        return secret;
    }

    public Mode mode(String source) {
        return modes.getOrDefault(source, Mode.OK);
    }

    public void switchTo(String source, Mode mode) {
        modes.put(source, mode);
    }

    private static String newSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
