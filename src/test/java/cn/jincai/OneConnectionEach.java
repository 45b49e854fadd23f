package cn.jincai;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Whoever holds a connection and asks for another waits, once there are as many of him as connections, for others who wait for him. So nobody ever
 * does, in any test of the whole application; only at the start, where Flyway has two and nobody else is there, and where a deployment is undone,
 * which the engine takes note of in a transaction of its own.
 */
@TestComponent
public class OneConnectionEach implements BeanPostProcessor {
    private final ThreadLocal<Deque<Place>> held = ThreadLocal.withInitial(ArrayDeque::new);
    private final Set<String> seconds = ConcurrentHashMap.newKeySet();
    private volatile boolean started;

    /** After every class of tests, since not everybody who asks tells what he was refused. */
    public static class IsEnough implements AfterAllCallback {
        @Override
        public void afterAll(ExtensionContext context) {
            Set<String> seconds =
                    SpringExtension.getApplicationContext(context).getBean(OneConnectionEach.class).seconds;
            Set<String> found = new TreeSet<>(seconds);
            seconds.removeAll(found);
            assertThat(found).as("a second connection was asked for").isEmpty();
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool ? new Watched(pool) : bean;
    }

    @EventListener(ApplicationStartedEvent.class)
    void started() {
        started = true;
    }

    private class Watched extends DelegatingDataSource {
        Watched(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Place here = new Place();
            Deque<Place> own = held.get();
            if (started && !own.isEmpty() && !here.undoesADeployment())
                seconds.add("\n" + here + "\n  while held by\n" + own.peek());
            Connection connection = super.getConnection();
            own.push(here);
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("equals"))
                            return proxy == arguments[0]
                                    || connection == arguments[0]; // a statement knows the inner one
                        if (method.getName().equals("hashCode")) return System.identityHashCode(proxy);
                        if (method.getName().equals("close")) own.remove(here);
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }
    }

    /** Where in our own code. */
    private static class Place extends Throwable {
        private boolean undoesADeployment() {
            return Stream.of(getStackTrace()).anyMatch(at -> at.getClassName().endsWith(".DeploymentFailListener"));
        }

        @Override
        public String toString() {
            return Stream.of(getStackTrace())
                    .filter(at -> at.getClassName().startsWith("cn.jincai")
                            && !at.getClassName().contains("OneConnectionEach")
                            && at.getLineNumber() > 0)
                    .limit(8)
                    .map(at -> "    " + at)
                    .collect(Collectors.joining("\n"));
        }
    }
}
