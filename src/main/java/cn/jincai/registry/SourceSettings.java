package cn.jincai.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the outside sources are, by their code in the register of sources ({@code jincai.sources.<code>}), and how long they may take. */
@ConfigurationProperties("jincai")
public record SourceSettings(
        Map<String, Source> sources, @DefaultValue Patience sourcePatience) {
    public SourceSettings {
        sources = sources == null ? Map.of() : sources;
    }

    /**
     * @param url   one POST to it asks about one person; absent: the simulator in the demo, "not connected" elsewhere
     * @param token sent as a bearer token, if any
     */
    record Source(@Nullable URI url, @Nullable String token) {}

    /**
     * @param connect of one try, as {@code answer}
     * @param atOnce  how many people of a roster a source is asked about at the same moment
     * @param roster  how long it is asked about one roster in one try; who is left is asked at the next
     */
    public record Patience(
            @DefaultValue("2s") Duration connect,
            @DefaultValue("5s") Duration answer,
            @DefaultValue("4") int atOnce,
            @DefaultValue("60s") Duration roster) {
        public Patience {
            if (atOnce < 1)
                throw new IllegalArgumentException("jincai.source-patience.at-once: at least 1, and it is " + atOnce);
        }
    }
}
