package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Contact;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.RateLimits;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Spelling;
import cn.jincai.kernel.Text;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People who register themselves, with document, phone and password. The account is given a name that tells nothing; they sign in with it or with the document's number. */
@Service
public class Registration {
    public static final List<String> DOCUMENT_TYPES = List.of(
            "RESIDENT_ID", "HK_MO_TW_RESIDENCE_PERMIT", "TW_PERMIT", "HK_MO_PERMIT", "PASSPORT", "PERMANENT_RESIDENCE");
    public static final Text CONSENT = Text.of("applicant.consent");

    private final Accounts accounts;
    private final Persons persons;
    private final Consents consents;
    private final Attempts attempts;
    private final CityClock clock;
    private final ApplicationEventPublisher events;
    private final RateLimits told;

    Registration(
            Accounts accounts,
            Persons persons,
            Consents consents,
            Attempts attempts,
            CityClock clock,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.persons = persons;
        this.consents = consents;
        this.attempts = attempts;
        this.clock = clock;
        this.events = events;
        this.told = new RateLimits(clock);
    }

    /** What is filled in. {@code birthDate} (YYYY-MM-DD) counts only for documents that don't hold it; {@code email} may be blank, a box that was not ticked is null. */
    public record Filled(
            String name,
            String documentType,
            String documentNumber,
            String birthDate,
            String phone,
            String email,
            String password,
            @Nullable Boolean agreed) {
        @Override
        public String toString() {
            return "Filled[...]";
        }
    }

    /**
     * Whether a number is known here is told to nobody: to whoever has the account already a message is sent, and whoever asks sees the same page after the same work.
     *
     * @param from the address that asks, by which attempts are limited
     * @return the account's name; empty where the person has one already. Not to be shown to whoever asks
     * @throws Problem INVALID with every mistake, TOO_MANY
     */
    @Transactional
    public Optional<String> register(Filled filled, String from) {
        attempts.take("register", from);
        List<Mistake> mistakes = check(filled);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        String number = Spelling.ofCode(filled.documentNumber());
        LocalDate born = bearsBirthDate(filled.documentType())
                ? ResidentId.birthDate(number).orElseThrow()
                : LocalDate.parse(filled.birthDate().strip());
        Optional<Account> holder =
                accounts.ofPerson(persons.key(filled.documentType(), number)).or(() -> accounts.signsInWith(number));
        if (holder.isPresent()) {
            accounts.asMuchWorkAsMaking(filled.password());
            known(holder.get());
            return Optional.empty();
        }
        String name = Spelling.ofName(filled.name());
        String email = filled.email() == null || filled.email().isBlank() ? null : Contact.email(filled.email());
        String key = persons.keep(filled.documentType(), number, name, born, Contact.phone(filled.phone()), email);
        String account = accounts.freshName();
        accounts.make(
                new Account(account, name, Set.of(Role.APPLICANT), key, null, email, List.of(), false),
                filled.password(),
                number);
        consents.give(account, "registration", CONSENT.zh());
        events.publishEvent(CaseEvent.forAuditors(
                "applicant.event.registered", new Actor(account, Set.of(Role.APPLICANT)), Role.APPLICANT, Map.of()));
        return Optional.of(account);
    }

    /** Told once a day, however often somebody tries. */
    private void known(Account holder) {
        events.publishEvent(CaseEvent.forAuditors(
                "applicant.event.registered-again", Actor.SYSTEM, null, Map.of("account", holder.name())));
        if (told.of(holder.name(), 1, Duration.ofDays(1)).tryConsume(1))
            events.publishEvent(new AccountTold(holder.name(), Text.of("applicant.registeredAgain")));
    }

    private List<Mistake> check(Filled f) {
        List<Mistake> mistakes = new ArrayList<>();
        if (blank(f.name())
                || Spelling.ofName(f.name()).isEmpty()
                || Spelling.ofName(f.name()).length() > 100)
            mistakes.add(Mistake.of("name", "applicant.name.REQUIRED"));
        else Spelling.mistakeInName("name", f.name()).ifPresent(mistakes::add);
        documentMistake(f.documentType(), f.documentNumber(), clock.today()).ifPresent(mistakes::add);
        if (f.documentType() != null && DOCUMENT_TYPES.contains(f.documentType()) && !bearsBirthDate(f.documentType()))
            birthDate(f.birthDate(), mistakes);
        if (blank(f.phone()) || !Contact.isPhone(f.phone())) mistakes.add(Mistake.of("phone", "applicant.PHONE"));
        if (!blank(f.email()) && !Contact.isEmail(f.email())) mistakes.add(Mistake.of("email", "applicant.EMAIL"));
        Passwords.check(f.password(), f.name(), f.documentNumber(), f.phone()).ifPresent(mistakes::add);
        if (f.agreed() == null || !f.agreed()) mistakes.add(Mistake.of("agreed", "applicant.agreed.CONSENT"));
        return mistakes;
    }

    /** What is wrong with a document: its kind, or the number for that kind; with a wrong one nobody would ever be found. */
    public static Optional<Mistake> documentMistake(@Nullable String type, String number, LocalDate today) {
        if (type == null || !DOCUMENT_TYPES.contains(type))
            return Optional.of(Mistake.of("documentType", "applicant.documentType.REQUIRED"));
        if (bearsBirthDate(type)) return ResidentId.check("documentNumber", type, number, today);
        if (!blank(number) && Spelling.ofCode(number).matches("[A-Z0-9]{5,20}")) return Optional.empty();
        return Optional.of(Mistake.of("documentNumber", "applicant.DOCUMENT_NUMBER", documentName(type)));
    }

    /** Of the number alone whether it could be of such a document at all; true of a kind that is not known here, which others refuse. */
    public static boolean couldBe(String type, String number) {
        if (!DOCUMENT_TYPES.contains(type)) return true;
        return Spelling.ofCode(number).matches(bearsBirthDate(type) ? "\\d{17}[\\dX]" : "[A-Z0-9()]{5,30}");
    }

    /** As the office calls it; the general word where the kind is not known. */
    public static Text documentName(@Nullable String type) {
        return Text.of("applicant.document." + (type != null && DOCUMENT_TYPES.contains(type) ? type : "ANY"));
    }

    /** Whose number is built like the resident identity card's, with birth date and check character (rulebook 2.9). */
    public static boolean bearsBirthDate(String type) {
        return type.equals("RESIDENT_ID") || type.equals("HK_MO_TW_RESIDENCE_PERMIT");
    }

    private void birthDate(String text, List<Mistake> mistakes) {
        try {
            if (blank(text)) mistakes.add(Mistake.of("birthDate", "applicant.birthDate.REQUIRED"));
            else if (LocalDate.parse(text.strip()).isAfter(clock.today()))
                mistakes.add(Mistake.of("birthDate", "applicant.birthDate.FUTURE"));
        } catch (DateTimeException noDay) {
            mistakes.add(Mistake.of("birthDate", "applicant.birthDate.DATE"));
        }
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
