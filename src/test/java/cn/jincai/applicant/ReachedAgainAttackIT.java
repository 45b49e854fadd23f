package cn.jincai.applicant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.jincai.CaseTest;
import cn.jincai.applicant.contacts.ConfirmedContacts;
import cn.jincai.applicant.contacts.Contacts;
import cn.jincai.applicant.contacts.Letters;
import cn.jincai.applicant.contacts.Mail;
import cn.jincai.applicant.contacts.MessageWays;
import cn.jincai.applicant.contacts.TextMessages;
import cn.jincai.journeys.City;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact.Way;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import cn.jincai.vault.Vault;
import cn.jincai.web.PageForm;
import cn.jincai.web.Visitor;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionOperations;

/** Somebody who tries out numbers, guesses codes, uses a link twice or reads another's mail gets nothing; the person himself gets back in. */
@CaseTest
@Tag("issue-15.10")
class ReachedAgainAttackIT {
    private static final String PASSWORD = "correct horse battery", FRESH = "staple gun umbrella moon";
    private static final Pattern LINK = Pattern.compile("https://jincai\\.example/lost-password/([\\w-]+)");

    @RegisterExtension
    static final GreenMailExtension SMTP = new GreenMailExtension(
                    new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort())
            .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());

    @LocalServerPort
    int port;

    @Autowired
    City city;

    @Autowired
    Registration registration;

    @Autowired
    Accounts accounts;

    @Autowired
    ConfirmedContacts confirmed;

    @Autowired
    Persons persons;

    @Autowired
    Contacts contacts;

    @Autowired
    MessageWays ways;

    @Autowired
    Letters letters;

    @Autowired
    LostPasswords lost;

    @Autowired
    TextMessages texts;

    @Autowired
    Attempts attempts;

    @Autowired
    Vault vault;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CityClock clock;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    ApplicationEventPublisher events;

    private Letters byMail;
    private LostPasswords links;

    /** The shared application has no server of mail; these stand on the same tables and have one. */
    @BeforeEach
    void aServerOfMail() {
        city.at("2026-03-02T09:00");
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(SMTP.getSmtp().getPort());
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("server", sender);
        ObjectProvider<JavaMailSender> server = beans.getBeanProvider(JavaMailSender.class);
        var mail = new Mail(server, "no-reply@jincai.example", "https://jincai.example");
        byMail = new Letters(jdbc, vault, mail, texts, clock);
        links = new LostPasswords(jdbc, vault, accounts, confirmed, byMail, mail, attempts, clock, transaction, events);
    }

    @Test
    void registeringDoesNotTellWhetherANumberIsKnown() {
        String known = "350582199203041113", fresh = "350582199203042220";
        String account = register(known, "198.51.100.71");
        Visitor.Answer first = registers(fresh, "aaa 2 bbb 5 cactus"), again = registers(known, "aaa 2 bbb 5 cactus");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.location()).isEqualTo(first.location()).endsWith("/register/done");
        Visitor stranger = new Visitor(port);
        assertThat(stranger.get("/register/done").body()).doesNotContain(account);
        assertThat(new Visitor(port).trySignIn(known, "aaa 2 bbb 5 cactus").status())
                .as("and it changes nothing")
                .isEqualTo(401);
        Visitor holder = new Visitor(port);
        holder.trySignIn(known, PASSWORD);
        registers(known, "aaa 2 bbb 5 cactus");
        assertThat(holder.get("/inbox").body().split("再次注册", -1))
                .as("told once a day")
                .hasSize(2);
    }

    @Test
    void aLinkGoesToAConfirmedAddressOnlyOnceAndSoon() throws Exception {
        String number = "350582199203043338";
        String account = register(number, "198.51.100.72");
        links.ask(number, "198.51.100.72");
        links.run();
        byMail.run();
        assertThat(SMTP.getReceivedMessages()).as("he has confirmed none").isEmpty();
        confirmed.confirm(account, Way.EMAIL, "fang@example.com");
        for (String unknown : List.of("nobody-at-all", "no\0body", "reviewer", "110105194912310021"))
            links.ask(unknown, "198.51.100.73");
        links.ask(number, "198.51.100.72");
        Visitor before = new Visitor(port);
        assertThat(before.trySignIn("no\0body", PASSWORD).status()).isBetween(400, 401);
        before.trySignIn(number, PASSWORD);
        links.run();
        assertThat(jdbc.sql("select count(*) from lost_passwords")
                        .query(Long.class)
                        .single())
                .isZero();
        byMail.run();
        assertThat(SMTP.getReceivedMessages()).hasSize(1);
        var mail = SMTP.getReceivedMessages()[0];
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("fang@example.com");
        String secret = secret();

        Visitor holder = new Visitor(port);
        assertThat(holder.get("/lost-password/" + secret.substring(1) + "x").body())
                .contains("已失效")
                .doesNotContain("name=\"token\"");
        var page = holder.get("/lost-password/" + secret);
        PageForm.refused(
                PageForm.on(page, "/lost-password/new")
                        .with("password", "password")
                        .send(holder),
                "password");
        assertThat(PageForm.on(page, "/lost-password/new")
                        .with("password", FRESH)
                        .send(holder)
                        .location())
                .endsWith("/sign-in?changed");
        assertThat(before.get("/account", "Accept", "text/html").location())
                .as("other sessions end")
                .endsWith("/sign-in?ended");
        assertThat(new Visitor(port).trySignIn(number, PASSWORD).status()).isEqualTo(401);
        assertThat(new Visitor(port).trySignIn(number, FRESH).status()).isEqualTo(302);
        assertThat(PageForm.on(page, "/lost-password/new")
                        .with("password", PASSWORD)
                        .send(holder)
                        .status())
                .as("used once")
                .isEqualTo(409);

        SMTP.purgeEmailFromAllMailboxes();
        links.ask(account, "198.51.100.72");
        links.run();
        byMail.run();
        String late = secret();
        city.passes("PT31M");
        assertThat(links.isValid(late)).isFalse();
    }

    @Test
    void anAccountWhoseAddressDoesNotOpenKeepsNobodyElseFromALink() {
        String damaged = register("350582199203045552", "198.51.100.75"),
                whole = register("35058219920304666X", "198.51.100.75");
        confirmed.confirm(damaged, Way.EMAIL, "cai@example.com");
        confirmed.confirm(whole, Way.EMAIL, "dong@example.com");
        jdbc.sql("update accounts set sealed_email = (select sealed_email from accounts where name = ?) where name = ?")
                .params(whole, damaged)
                .update();
        links.ask(damaged, "198.51.100.75");
        links.ask(whole, "198.51.100.75");
        links.run();
        assertThat(links.next()).isEmpty();
        byMail.run();
        assertThat(SMTP.getReceivedMessages())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getAllRecipients())
                        .extracting(Object::toString)
                        .containsExactly("dong@example.com"));
        jdbc.sql("update accounts set sealed_email = null, email_confirmed_at = null where name = ?")
                .param(damaged)
                .update();
    }

    @Test
    void theLostPasswordPageSaysTheSameToEverybody() {
        Visitor stranger = new Visitor(port);
        assertThat(stranger.get("/lost-password").body())
                .as("nobody is offered what can't be sent")
                .contains("目前不能发送电子邮件")
                .doesNotContain("name=\"account\"");
        var page = stranger.get("/sign-in");
        var known = stranger.form("/lost-password", "account=applicant", page);
        var unknown = stranger.form("/lost-password", "account=nobody-at-all", page);
        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(302);
        assertThat(unknown.location()).isEqualTo(known.location());
        lost.run();
    }

    /** By text message only once he has said so, and it tells no more than that there is something to read. */
    private void hearsOfACaseByTextOnceHeWantsTo(Visitor holder, String account) {
        var number = new CaseNumber("JC2026000009");
        assertThat(ways.of(account)).isEqualTo(new MessageWays.Chosen(true, false));
        var page = holder.get("/account/messages");
        assertThat(PageForm.on(page, "/account/messages")
                        .with("texts", "true")
                        .send(holder)
                        .status())
                .isEqualTo(302);
        assertThat(ways.of(account).texts()).isTrue();
        ways.text(account, Text.of("filing.text", number, "https://jincai.example"));
        letters.run();
        assertThat(sentTo("13955550001")).anyMatch(t -> t.contains("您的办件JC2026000009有新消息") && t.contains("不作为送达"));
        assertThat(new Visitor(port).get("/account/messages").status())
                .as("signed out")
                .isNotEqualTo(200);
        assertThat(new Visitor(port).signIn("reviewer").get("/account/messages").status())
                .as("an officer")
                .isIn(403, 404);
    }

    @Test
    void aPhoneCountsOnceItsCodeWasTypedAndGuessersAreStopped() {
        String number = "350582199203044445";
        String account = register(number, "198.51.100.74");
        Actor who = new Actor(account, Set.of(Role.APPLICANT));
        Visitor holder = new Visitor(port);
        holder.trySignIn(number, PASSWORD);
        var page = holder.get("/account/contact/phone");
        PageForm.refused(
                PageForm.on(page, "/account/contact/phone")
                        .with("value", "12345")
                        .with("proof", PASSWORD)
                        .send(holder),
                "value");
        PageForm.refused(
                PageForm.on(page, "/account/contact/phone")
                        .with("value", "13955550001")
                        .with("proof", "guessed it wrong")
                        .send(holder),
                "proof");
        assertThat(PageForm.on(page, "/account/contact/phone")
                        .with("value", "139 5555 0001")
                        .with("proof", PASSWORD)
                        .send(holder)
                        .status())
                .isEqualTo(302);
        letters.run();
        String code = code("13955550001");
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 5; i++)
            assertThatThrownBy(() -> contacts.confirm(who, Way.PHONE, wrong))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("CODE_WRONG");
        assertThatThrownBy(() -> contacts.confirm(who, Way.PHONE, code))
                .as("after five wrong ones the right one is of no use")
                .hasMessageContaining("CODE_OVER");
        assertThat(persons.of(accounts.find(account)).phone()).isEqualTo("13800138000");

        contacts.ask(who, Way.PHONE, "13955550001", PASSWORD, "198.51.100.74");
        letters.run();
        assertThat(holder.form(
                                "/account/contact/phone/code",
                                "code=" + code("13955550001"),
                                holder.get("/account/contact/phone"))
                        .location())
                .endsWith("/account");
        assertThat(persons.of(accounts.find(account)).phone()).isEqualTo("13955550001");
        assertThat(holder.get("/account").body()).contains("13955550001", "已确认");
        letters.run();
        assertThat(sentTo("13800138000")).as("the phone of before is told").anyMatch(t -> t.contains("已更改"));
        hearsOfACaseByTextOnceHeWantsTo(holder, account);

        contacts.ask(who, Way.PHONE, "13955550002", PASSWORD, "198.51.100.74");
        city.passes("PT11M");
        letters.run();
        assertThatThrownBy(() -> contacts.confirm(who, Way.PHONE, "000000")).hasMessageContaining("CODE_OVER");
        for (int i = 0; i < 2; i++) contacts.ask(who, Way.PHONE, "13955550003", PASSWORD, "198.51.100.74");
        assertThatThrownBy(() -> contacts.ask(who, Way.PHONE, "13955550003", PASSWORD, "198.51.100.74"))
                .as("five a day")
                .hasMessageContaining("TOO_MANY_CODES");
        assertThatThrownBy(() -> contacts.ask(who, Way.EMAIL, "fang@example.com", PASSWORD, "198.51.100.74"))
                .as("without a server of mail nobody waits for a code")
                .hasMessageContaining("NOT_CONNECTED");
    }

    private String register(String number, String from) {
        return registration
                .register(
                        new Registration.Filled("方𠮷", "RESIDENT_ID", number, "", "13800138000", "", PASSWORD, true),
                        from)
                .orElseThrow();
    }

    private Visitor.Answer registers(String number, String password) {
        Visitor stranger = new Visitor(port);
        return PageForm.on(stranger.get("/register"), "/register")
                .with("name", "方𠮷")
                .with("documentType", "RESIDENT_ID")
                .with("documentNumber", number)
                .with("phone", "13800138000")
                .with("password", password)
                .with("agreed", "true")
                .send(stranger);
    }

    private static String secret() throws MessagingException, IOException {
        var all = SMTP.getReceivedMessages();
        Matcher link = LINK.matcher(all[all.length - 1].getContent().toString());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private String code(String phone) {
        Matcher code = Pattern.compile("验证码 (\\d{6})").matcher(sentTo(phone).get(0));
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    /** Newest first. */
    private List<String> sentTo(String phone) {
        var all = city.call("admin", HttpMethod.GET, "/api/demo/text-messages", null)
                .is(200)
                .body();
        List<String> texts = new ArrayList<>();
        all.forEach(m -> {
            if (m.get("to").asText().equals(phone)) texts.add(m.get("text").asText());
        });
        return texts;
    }
}
