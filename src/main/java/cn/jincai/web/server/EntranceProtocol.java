package cn.jincai.web.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's protocol with two limits that it lacks: how many connections one source has open, and how long the head of a request may take in sum, since a byte
 * now and then begins Tomcat's time-out anew. Neither holds a thread, but whoever holds all connections shuts the door.
 */
public final class EntranceProtocol extends Http11NioProtocol {
    /** Called by Tomcat, by its name. */
    public EntranceProtocol() {
        super(new Entrance());
    }

    /** @param proxies addresses whose connections are those of many people */
    void limit(int connections, Duration head, Set<String> proxies) {
        Entrance entrance = (Entrance) getEndpoint();
        entrance.connections = connections;
        entrance.head = head.toNanos();
        entrance.proxies = proxies;
    }

    private static final class Entrance extends NioEndpoint {
        private int connections = Integer.MAX_VALUE;
        private long head = Long.MAX_VALUE;
        private Set<String> proxies = Set.of();
        /** Only the one thread that accepts looks at it. */
        private final Map<SocketChannel, String> open = new HashMap<>();

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (mayComeIn(socket)) return super.setSocketOptions(socket);
            destroySocket(socket);
            return false;
        }

        private boolean mayComeIn(SocketChannel socket) {
            open.keySet().removeIf(known -> !known.isOpen());
            String address = address(socket);
            if (proxies.contains(address)) return true;
            String source = Network.of(address);
            if (open.values().stream().filter(source::equals).count() >= connections) return false;
            open.put(socket, source);
            return true;
        }

        private static String address(SocketChannel socket) {
            try {
                return socket.getRemoteAddress() instanceof InetSocketAddress internet
                        ? internet.getAddress().getHostAddress()
                        : "";
            } catch (IOException gone) {
                return "";
            }
        }

        /** False where the connection is to be closed. */
        @Override
        public boolean processSocket(SocketWrapperBase<NioChannel> connection, SocketEvent event, boolean dispatch) {
            return !(event == SocketEvent.OPEN_READ && isTooLate(connection))
                    && super.processSocket(connection, event, dispatch);
        }

        /** A processor waits at a connection between two parts of a head, or while an answer is made elsewhere. */
        private boolean isTooLate(SocketWrapperBase<NioChannel> connection) {
            return connection.getCurrentProcessor() instanceof AbstractProcessor processor
                    && !processor.isAsync()
                    && processor.getRequest().getStartTimeNanos() != -1
                    && System.nanoTime() - processor.getRequest().getStartTimeNanos() > head;
        }
    }
}
