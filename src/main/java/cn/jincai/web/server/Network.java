package cn.jincai.web.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Who asks, for limits that count by address: of IPv6 the network of 64 bits, as one line has as many addresses as it likes (decision 87). */
public final class Network {
    private static final int BYTES = 8;

    private Network() {}

    public static String of(String address) {
        if (!address.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?")) return address;
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
