package cn.jincai.applicant.contacts;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** The city's mail, where a server is set ({@code spring.mail.host}). Each mail says that a machine wrote it (RFC 3834), so that no absence is answered to it. */
@Component
public class Mail {
    /** No such mailbox, moved away, no such name (RFC 5321, 4.2.3). */
    private static final Set<Integer> NEVER = Set.of(550, 551, 553);

    private final Optional<JavaMailSender> server;
    private final String from;
    private final String portal;

    public Mail(
            ObjectProvider<JavaMailSender> server,
            @Value("${jincai.mail.from}") String from,
            @Value("${jincai.mail.portal}") String portal) {
        this.server = Optional.ofNullable(server.getIfAvailable());
        this.from = from;
        this.portal = portal;
    }

    /** What came of it. REFUSED: the server will never take it for this address; LATER: nothing is known of the address. */
    public enum Sent {
        SENT,
        REFUSED,
        LATER
    }

    public boolean isConnected() {
        return server.isPresent();
    }

    /** Where links in mails lead, without a slash at its end. */
    public String portal() {
        return portal;
    }

    public Sent send(String address, String subject, String text) {
        try {
            server.orElseThrow().send(mail(address, subject, text));
            return Sent.SENT;
        } catch (MailSendException failed) {
            return failed.getFailedMessages().values().stream().anyMatch(Mail::isForGood) ? Sent.REFUSED : Sent.LATER;
        } catch (MessagingException written) {
            return Sent.REFUSED;
        } catch (MailException unreachable) {
            return Sent.LATER;
        }
    }

    private MimeMessage mail(String address, String subject, String text) throws MessagingException {
        var mail = new MimeMessageHelper(server.orElseThrow().createMimeMessage(), StandardCharsets.UTF_8.name());
        mail.setFrom(from);
        mail.setTo(new InternetAddress(address, true));
        mail.setSubject(subject);
        mail.setText(text);
        mail.getMimeMessage().setHeader("Auto-Submitted", "auto-generated");
        return mail.getMimeMessage();
    }

    /** Only what is said of the address itself: a 5xx of the mail as a whole may be our sender or its size. */
    private static boolean isForGood(@Nullable Exception failed) {
        for (Throwable at = failed; at != null; at = next(at)) {
            if (at instanceof SMTPAddressFailedException address) return NEVER.contains(address.getReturnCode());
            if (at instanceof SMTPSendFailedException whole && NEVER.contains(whole.getReturnCode())) return true;
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable at) {
        return at instanceof SendFailedException failed && failed.getNextException() != null
                ? failed.getNextException()
                : at.getCause();
    }
}
