package cn.jincai.registry;

import cn.jincai.kernel.Text;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the outside sources are, by name ({@code jincai.sources.<name>}), and how long they may take. */
@ConfigurationProperties("jincai")
public record SourceSettings(
        Map<String, Source> sources, @DefaultValue Patience sourcePatience) {
    public SourceSettings {
        sources = sources == null ? Map.of() : sources;
    }

    /**
     * @param url   one POST to it asks about one person; absent: the simulator in the demo, "not connected" elsewhere
     * @param token sent as a bearer token, if any
     * @param sends keys of the applicant's answers that the source needs to find the record; nothing else of the answers is sent
     */
    record Source(
            @Nullable Text name,
            @Nullable URI url,
            @Nullable String token,
            @DefaultValue List<String> sends) {}

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
