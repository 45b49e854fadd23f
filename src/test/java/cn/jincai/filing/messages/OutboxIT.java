package cn.jincai.filing.messages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.CaseTest;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.Languages;
import cn.jincai.applicant.contacts.ConfirmedContacts;
import cn.jincai.applicant.contacts.Mail;
import cn.jincai.applicant.contacts.MessageWays;
import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.Vault;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Messages go out by a real SMTP server. */
@CaseTest
@ExtendWith(OutputCaptureExtension.class)
class OutboxIT {
    @RegisterExtension
    static final GreenMailExtension SMTP = new GreenMailExtension(
                    new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort())
            .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());

    @Autowired
    Inbox inbox;

    @Autowired
    JdbcClient db;

    @Autowired
    CityClock clock;

    @Autowired
    Accounts accounts;

    @Autowired
    Languages languages;

    @Autowired
    MessageWays ways;

    @Autowired
    ConfirmedContacts contacts;

    @Autowired
    Vault vault;

    @Autowired
    CaseFile cases;

    private Outbox outbox;

    @BeforeEach
    void nothingWaits() {
        db.sql("update case_messages set next_try = null").update();
        outbox = outbox(SMTP.getSmtp().getPort());
    }

    @Test
    void aMessageReachesTheAddressOfTheAccountOnce() throws MessagingException {
        String account = somebody("fang@example.com");
        inbox.tell(account, null, new Text("请补正材料：劳动合同（𠮷）", "Please mend: the labour contract"));
        assertThat(outbox.next()).hasValueSatisfying(at -> assertThat(at).isBeforeOrEqualTo(clock.instant()));
        outbox.run();
        outbox.run();

        assertThat(SMTP.getReceivedMessages()).hasSize(1);
        var mail = SMTP.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("fang@example.com");
        assertThat(mail.getSubject()).isEqualTo("晋才：请补正材料：劳动合同（𠮷）");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(text(mail)).contains("请登录", "Please mend: the labour contract");
        assertThat(outbox.next()).isEmpty();
        assertThat(mailed(account)).isTrue();
    }

    /** Who has chosen a language is written to in it alone, and the subject is the first sentence. */
    @Test
    @Tag("issue-18.5")
    void aMailIsWrittenInTheLanguageThatItsReaderChose() throws MessagingException {
        String account = somebody("english@example.com");
        languages.choose(account, "en");
        inbox.tell(account, null, new Text("已受理。您不用做什么。", "Accepted. You need not do anything."));
        outbox.run();
        var mail = SMTP.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Jincai: Accepted");
        assertThat(text(mail)).contains("You need not do anything").doesNotContain("您不用做什么");
    }

    @Test
    @Tag("issue-18.5")
    void whoeverWantsNoMailHasTheMessageInTheInboxAlone() {
        String account = somebody("quiet@example.com");
        ways.choose(new Actor(account, Set.of(Role.APPLICANT)), false, false);
        inbox.tell(account, null, new Text("已受理", "Accepted"));
        outbox.run();
        assertThat(SMTP.getReceivedMessages()).isEmpty();
        assertThat(inbox.unread(new Actor(account, Set.of(Role.APPLICANT)))).isEqualTo(1);
    }

    @Test
    void withoutAnAddressNothingIsSentAndNothingWaits() {
        String account = somebody(null);
        inbox.tell(account, null, new Text("已受理", "Accepted"));
        outbox.run();
        assertThat(SMTP.getReceivedMessages()).isEmpty();
        assertThat(outbox.next()).isEmpty();
        assertThat(mailed(account)).isFalse();
    }

    @Test
    void aServerThatIsDownIsTriedAgainLaterAndNoLogHoldsTheAddress(CapturedOutput output) {
        String account = somebody("down@example.com");
        inbox.tell(account, null, new Text("已受理", "Accepted"));
        outbox(1).run();
        assertThat(output).contains("could not be mailed").doesNotContain("down@example.com");
        assertThat(outbox.next())
                .hasValueSatisfying(at -> assertThat(at).isAfter(clock.instant().plusSeconds(30)));
        outbox.run();
        assertThat(SMTP.getReceivedMessages()).isEmpty();

        for (int tries = 1; tries < 3; tries++) {
            assertThat(inbox.failingMails()).as("once or twice is nothing").isZero();
            becomesDue(account);
            outbox(1).run();
        }
        assertThat(inbox.failingMails()).as("told by health").isEqualTo(1);
        becomesDue(account);
        outbox.run();
        assertThat(SMTP.getReceivedMessages()).hasSize(1);
        assertThat(mailed(account)).isTrue();
        assertThat(inbox.failingMails()).isZero();
    }

    /** The server says that there is no such mailbox: it is not asked again, and who can mend it is shown so. */
    @Test
    @Tag("issue-15.15")
    void anAddressThatTheServerRefusesIsToldAndNotTriedAgain(CapturedOutput output) throws IOException {
        String account = somebody("nobody@example.com");
        inbox.tell(account, null, new Text("已受理", "Accepted"));
        try (var refusing = new RefusingServer()) {
            outbox(refusing.port()).run();
        }
        assertThat(outbox.next()).isEmpty();
        assertThat(contacts.refused()).contains(account);
        assertThat(output).contains("refused by the server").doesNotContain("nobody@example.com");
        assertThat(mailed(account)).isFalse();
    }

    @Test
    void afterTwoDaysAMessageIsNoNewsAnyMore() {
        String account = somebody("late@example.com");
        inbox.tell(account, null, new Text("已受理", "Accepted"));
        db.sql("update case_messages set at = ? where account = ?")
                .params(clock.instant().minus(Duration.ofDays(3)).atOffset(ZoneOffset.UTC), account)
                .update();
        outbox.run();
        assertThat(SMTP.getReceivedMessages()).isEmpty();
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void twoNodesSendAMessageOnce() throws InterruptedException {
        String account = somebody("twice@example.com");
        for (int i = 0; i < 5; i++) inbox.tell(account, null, new Text("消息" + i, "Message " + i));
        var other = new Thread(outbox(SMTP.getSmtp().getPort())::run);
        other.start();
        outbox.run();
        other.join();
        assertThat(SMTP.getReceivedMessages()).hasSize(5);
    }

    private String somebody(String email) {
        String name = "mail-" + Long.toHexString(System.nanoTime());
        db.sql(
                        "insert into accounts (name, sealed_display_name, password, sealed_email, fields, locked, created_at) values (?, ?, '-', ?, '', false, ?)")
                .params(
                        name,
                        vault.seal(
                                SealedColumn.of("account.name", "accounts", "sealed_display_name", "name"), "某人", name),
                        vault.seal(SealedColumn.of("account.email", "accounts", "sealed_email", "name"), email, name),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return name;
    }

    private void becomesDue(String account) {
        db.sql("update case_messages set next_try = ? where account = ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), account)
                .update();
    }

    private boolean mailed(String account) {
        return db.sql("select count(*) from case_messages where account = ? and mailed_at is not null")
                        .param(account)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Outbox outbox(int port) {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("server", sender);
        ObjectProvider<JavaMailSender> server = beans.getBeanProvider(JavaMailSender.class);
        return new Outbox(
                db,
                clock,
                accounts,
                contacts,
                cases,
                new Mail(server, "no-reply@jincai.example", "https://jincai.example"),
                languages);
    }

    private static String text(jakarta.mail.internet.MimeMessage mail) {
        try {
            return mail.getContent().toString();
        } catch (java.io.IOException | MessagingException e) {
            throw new IllegalStateException(GreenMailUtil.getHeaders(mail), e);
        }
    }

    /** Speaks SMTP as far as the recipient, whom it does not know. */
    private static final class RefusingServer implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        RefusingServer() throws IOException {
            var thread = new Thread(this::answer, "refusing-server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return door.getLocalPort();
        }

        private void answer() {
            try (var client = door.accept();
                    var in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    var out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.US_ASCII)) {
                out.print("220 here\r\n");
                out.flush();
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    out.print(line.startsWith("RCPT") ? "550 5.1.1 no such user\r\n" : "250 ok\r\n");
                    out.flush();
                }
            } catch (IOException gone) {
                assertThat(gone).isNotNull(); // the test is over
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
