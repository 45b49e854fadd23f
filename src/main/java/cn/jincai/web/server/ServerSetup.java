package cn.jincai.web.server;

import cn.jincai.web.problem.PlainErrors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Sets Tomcat up with our limits. What a request says of where it comes from ({@code X-Forwarded-For}, {@code -Proto}) counts only where it comes over one of the
 * proxies that are set; Tomcat by itself believes every machine in a private network, which in a city's is everybody.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE) // behind what Spring Boot sets up
@EnableConfigurationProperties(ServerLimits.class)
class ServerSetup implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String PROXIES = "jincai.proxies";

    private final ServerLimits limits;
    private final Set<String> proxies;

    /** @param proxies addresses, or names that are looked up once */
    ServerSetup(ServerLimits limits, @Value("${" + PROXIES + "}") List<String> proxies) {
        this.limits = limits;
        this.proxies = proxies.stream().map(ServerSetup::address).collect(Collectors.toUnmodifiableSet());
    }

    /** As Java writes it, since IPv6 has many ways. */
    private static String address(String proxy) {
        try {
            return InetAddress.getByName(proxy.strip()).getHostAddress();
        } catch (UnknownHostException unknown) {
            throw new InvalidConfigurationPropertyValueException(
                    PROXIES, proxy, "Nobody has this address (JINCAI_PROXIES).");
        }
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.setProtocol(EntranceProtocol.class.getName());
        tomcat.addConnectorCustomizers(connector -> ((EntranceProtocol) connector.getProtocolHandler())
                .limit(limits.connections(), limits.head(), proxies));
        String known = proxies.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        tomcat.getEngineValves().stream()
                .filter(RemoteIpValve.class::isInstance)
                .forEach(valve -> ((RemoteIpValve) valve).setInternalProxies(known));
        tomcat.addEngineValves(new Turnstile(limits));
        tomcat.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(PlainErrors.class.getName()));
    }
}
