package cn.jincai.rights;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import cn.jincai.applicant.BankAccounts;
import cn.jincai.applicant.Consents;
import cn.jincai.applicant.Persons;
import cn.jincai.applicant.contacts.Contacts;
import cn.jincai.applicant.contacts.MessageWays;
import cn.jincai.document.Evidence;
import cn.jincai.document.IssuedDocument;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.document.StoredFile;
import cn.jincai.filing.CaseFile;
import cn.jincai.filing.CaseView;
import cn.jincai.filing.HearingsAndRatings;
import cn.jincai.filing.KeptCases;
import cn.jincai.filing.messages.Enquiries;
import cn.jincai.filing.messages.Enquiry;
import cn.jincai.filing.messages.Inbox;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Text;
import cn.jincai.payment.Payments;
import cn.jincai.policy.Packages;
import cn.jincai.policy.forms.Form;
import cn.jincai.review.Decisions;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Everything that is kept of whoever asks, to take along (个人信息保护法 45): one zip with the data as JSON, each name of a field in both languages beside it, the papers as they were handed in
 * and the letters as they were issued. Written one thing after the other; nothing of it is put together in memory or on the disk.
 */
@Service
public class OwnCopy {
    private final Accounts accounts;
    private final Persons persons;
    private final Contacts contacts;
    private final MessageWays ways;
    private final Consents consents;
    private final BankAccounts bankAccounts;
    private final KeptCases kept;
    private final CaseFile files;
    private final HearingsAndRatings hearings;
    private final Inbox inbox;
    private final Enquiries enquiries;
    private final Decisions decisions;
    private final Payments payments;
    private final Evidence evidence;
    private final IssuedDocuments issued;
    private final Packages packages;
    private final ObjectWriter json;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

    OwnCopy(
            Accounts accounts,
            Persons persons,
            Contacts contacts,
            MessageWays ways,
            Consents consents,
            BankAccounts bankAccounts,
            KeptCases kept,
            CaseFile files,
            HearingsAndRatings hearings,
            Inbox inbox,
            Enquiries enquiries,
            Decisions decisions,
            Payments payments,
            Evidence evidence,
            IssuedDocuments issued,
            Packages packages,
            ObjectMapper json,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.persons = persons;
        this.contacts = contacts;
        this.ways = ways;
        this.consents = consents;
        this.bankAccounts = bankAccounts;
        this.kept = kept;
        this.files = files;
        this.hearings = hearings;
        this.inbox = inbox;
        this.enquiries = enquiries;
        this.decisions = decisions;
        this.payments = payments;
        this.evidence = evidence;
        this.issued = issued;
        this.packages = packages;
        this.json = json.writerWithDefaultPrettyPrinter().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.clock = clock;
        this.events = events;
    }

    /** Whoever asks shows once more that it is he; that a copy was taken is on record. @throws cn.jincai.kernel.Problem INVALID on {@code proof}, TOO_MANY */
    public void allow(Actor who, String proof) {
        accounts.mustBeHolder(who.account(), proof);
        events.publishEvent(CaseEvent.forAuditors(
                "rights.event.copy-taken",
                who,
                who.roles().stream().findFirst().orElse(null),
                Map.of("account", who.account())));
    }

    /** Of one who was {@link #allow allowed}. The stream is left open. */
    public void write(Actor who, OutputStream to) throws IOException {
        var zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
        put(zip, "account.json", account(who));
        put(zip, "messages.json", messages(who));
        for (CaseNumber number : kept.of(who.account())) put(zip, number, who);
        zip.finish();
    }

    private Map<String, Object> account(Actor who) {
        Account account = accounts.find(who.account());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("labels", labels("account", "person", "contacts", "messageWays", "consents"));
        all.put("madeAt", clock.instant());
        all.put("account", account);
        if (account.personKey() != null) all.put("person", persons.of(account));
        all.put("contacts", contacts.of(who.account()));
        all.put("messageWays", ways.of(who.account()));
        all.put("consents", consents.of(who.account()));
        return all;
    }

    private Map<String, Object> messages(Actor who) {
        List<Object> all = new ArrayList<>();
        Page<Inbox.Message> page;
        int at = 0;
        do {
            page = inbox.of(who, false, null, at++, Page.LARGEST);
            all.addAll(page.items());
        } while (all.size() < page.total() && !page.items().isEmpty());
        return Map.of("labels", labels("messages"), "messages", all);
    }

    private void put(ZipOutputStream zip, CaseNumber number, Actor who) throws IOException {
        String folder = "cases/" + number + "/";
        CaseView file = files.show(who, number);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("labels", labels("case", "decision", "payments", "heard", "enquiries", "bankAccount", "fields"));
        all.put("fields", fields(number));
        all.put("case", file);
        decisions.of(number).ifPresent(decision -> all.put("decision", decision));
        bankAccounts.show(number).ifPresent(account -> all.put("bankAccount", account));
        all.put("payments", payments.of(number));
        all.put("heard", hearings.heard(number));
        all.put(
                "enquiries",
                enquiries.of(number).stream().map(Enquiry::asTheApplicantSeesIt).toList());
        put(zip, folder + "case.json", all);
        for (StoredFile paper : evidence.of(number)) {
            begin(zip, folder + "papers/" + paper.id() + "-" + paper.need() + ending(paper.type()));
            try (InputStream content = evidence.open(number, paper.id())) {
                content.transferTo(zip);
            }
        }
        for (IssuedDocument letter : issued.of(number)) {
            begin(zip, folder + "letters/" + letter.id() + "-" + letter.kind() + ".pdf");
            zip.write(issued.pdf(number, letter.id()));
            if (letter.kind().equals("decision")) decisions.opened(number);
        }
    }

    /** What each key of the answers is called where it was asked. */
    private Map<String, Text> fields(CaseNumber number) {
        Map<String, Text> fields = new LinkedHashMap<>();
        for (Form form :
                packages.byHash(files.get(number).packageHash()).forms().values())
            for (Form.Field field : form.fields()) fields.putIfAbsent(field.key(), field.label());
        return fields;
    }

    private static Map<String, Text> labels(String... keys) {
        Map<String, Text> labels = new LinkedHashMap<>();
        for (String key : keys) labels.put(key, Text.of("rights.copy." + key));
        return labels;
    }

    private void put(ZipOutputStream zip, String name, Object content) throws IOException {
        begin(zip, name);
        json.writeValue(zip, content);
    }

    private void begin(ZipOutputStream zip, String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(clock.millis());
        zip.putNextEntry(entry);
    }

    private static String ending(String type) {
        return switch (type) {
            case "application/pdf" -> ".pdf";
            case "image/jpeg" -> ".jpg";
            case "image/png" -> ".png";
            default -> "";
        };
    }
}
