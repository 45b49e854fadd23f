package cn.jincai.kernel;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Phones and addresses of mail: how they are written down, and which can be reached at all. One place for forms, registration and account. */
public final class Contact {
    /** Of this country as its mobile networks number (11 digits), else with the country's code. */
    private static final Pattern PHONE = Pattern.compile("1[3-9]\\d{9}|\\+\\d{6,15}");

    /** The last part of a host's name is letters, or the ASCII form of other letters (RFC 5890): an address of digits reaches nobody. */
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})");

    private static final int LONGEST = 254, LONGEST_MAILBOX = 64; // RFC 5321, 4.5.3.1

    /** A way to reach somebody. */
    public enum Way {
        PHONE,
        EMAIL;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws Problem NOT_FOUND */
        public static Way of(String code) {
            return Arrays.stream(values())
                    .filter(way -> way.code().equals(code))
                    .findFirst()
                    .orElseThrow(Problem::notFound);
        }
    }

    private Contact() {}

    /** A phone in one spelling, whichever way it was typed. */
    public static String phone(String typed) {
        return Spelling.ofCode(typed);
    }

    /** A phone without what only says that it is one of this country. */
    public static String subscriber(String phone) {
        return phone(phone).replaceFirst("^(\\+|00)86", "");
    }

    /** An address in one spelling: half width and without blanks, the host's name as it travels (RFC 5890). What has no such form stays as it was typed. */
    public static String email(String typed) {
        String address = Spelling.ofWord(typed);
        int at = address.lastIndexOf('@');
        if (at < 0) return address;
        try {
            return address.substring(0, at + 1)
                    + IDN.toASCII(address.substring(at + 1)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException none) {
            return address;
        }
    }

    /** Whether a text message can go there. */
    public static boolean isPhone(String typed) {
        return PHONE.matcher(phone(typed)).matches();
    }

    /** Whether a server could take mail for it: one that none takes is told while it can still be mended. */
    public static boolean isEmail(String typed) {
        String address = email(typed);
        try {
            new InternetAddress(address, true).validate();
        } catch (AddressException none) {
            return false;
        }
        int at = address.lastIndexOf('@');
        return at > 0
                && at <= LONGEST_MAILBOX
                && address.length() <= LONGEST
                && address.chars().allMatch(c -> c > ' ' && c < 127)
                && HOST.matcher(address.substring(at + 1)).matches();
    }
}
