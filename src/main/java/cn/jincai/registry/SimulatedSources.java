package cn.jincai.registry;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/**
 * Who answers for sources that have no address in the settings; only the demo has somebody.
 *
 * @param address     by the source's name; asked at each call, as it is known only once the web server has started
 * @param credentials headers that go with the question
 */
public record SimulatedSources(Function<String, URI> address, Map<String, String> credentials) {}
