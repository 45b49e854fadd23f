package cn.jincai.web.portal.front;

import cn.jincai.kernel.Status;
import cn.jincai.kernel.Text;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and whom people ask ({@code city.yaml}, which a city's own settings go before).
 *
 * @param counters where people are received; none where the city has not named any
 * @param advice   by code of an audience, what to do where no scheme is meant for it
 */
@ConfigurationProperties("jincai.city")
public record CityDesk(
        Line line,
        @DefaultValue List<Counter> counters,
        @DefaultValue Map<String, Text> advice) {
    public record Line(String number, Text name) {}

    /** @param status SOURCED once the city has named it; otherwise it is said beside it */
    public record Counter(Text name, Text address, Text hours, Status status) {
        public boolean isCertain() {
            return status == Status.SOURCED;
        }
    }
}
