package cn.jincai.applicant;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.CityClock;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Role;
import cn.jincai.kernel.Text;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People who register themselves, with document, phone and password. The account is given a name that tells nothing; they sign in with it or with the document's number. */
@Service
public class Registration {
    public static final List<String> DOCUMENT_TYPES = List.of(
            "RESIDENT_ID", "HK_MO_TW_RESIDENCE_PERMIT", "TW_PERMIT", "HK_MO_PERMIT", "PASSPORT", "PERMANENT_RESIDENCE");
    public static final Text CONSENT = new Text(
            "我同意晋才平台为注册账号、核验身份和办理人才政策事项，收集并使用我的姓名、证件、手机号码和电子邮箱；我可以随时查询、更正或注销。",
            "I agree that jincai collects and uses my name, document, phone number and e-mail to register, to verify who I am and to handle my applications; I may look them up, correct them or have the account closed at any time.");

    private final Accounts accounts;
    private final Persons persons;
    private final Consents consents;
    private final Attempts attempts;
    private final CityClock clock;
    private final ApplicationEventPublisher events;

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
    }

    /** What is filled in. {@code birthDate} (YYYY-MM-DD) counts only for documents that don't hold it; {@code email} may be blank. */
    public record Filled(
            String name,
            String documentType,
            String documentNumber,
            String birthDate,
            String phone,
            String email,
            String password,
            boolean agreed) {
        @Override
        public String toString() {
            return "Filled[...]";
        }
    }

    /**
     * @param from the address that asks, by which attempts are limited
     * @return the account's name
     * @throws Problem INVALID with every mistake, TOO_MANY
     */
    @Transactional
    public String register(Filled filled, String from) {
        attempts.take("register", from);
        List<Mistake> mistakes = check(filled);
        if (!mistakes.isEmpty()) throw Problem.invalid(mistakes);
        String number = ResidentId.written(filled.documentNumber());
        LocalDate born = bearsBirthDate(filled.documentType())
                ? ResidentId.birthDate(number).orElseThrow()
                : LocalDate.parse(filled.birthDate().strip());
        if (accounts.ofPerson(persons.key(filled.documentType(), number)).isPresent() || accounts.isSignInTaken(number))
            throw Problem.invalid(
                    "documentNumber",
                    "REGISTERED_ALREADY",
                    "该证件已经注册，请直接登录；忘记密码请持证件到受理窗口办理。",
                    "This document is registered already. Sign in; if you forgot the password, come to the window with the document.");
        String email = filled.email() == null || filled.email().isBlank()
                ? null
                : filled.email().strip();
        String key = persons.keep(
                filled.documentType(),
                number,
                filled.name().strip(),
                born,
                filled.phone().strip(),
                email);
        String account = accounts.freshName();
        accounts.make(
                new Account(account, filled.name().strip(), Set.of(Role.APPLICANT), key, null, email, List.of(), false),
                filled.password(),
                number);
        consents.give(account, "registration", CONSENT.zh());
        events.publishEvent(new CaseEvent(
                null,
                "registered",
                null,
                new Text("注册了账号", "An account was registered"),
                new Actor(account, Set.of(Role.APPLICANT)),
                Role.APPLICANT,
                CaseEvent.Audience.AUDITORS,
                Map.of()));
        return account;
    }

    private List<Mistake> check(Filled f) {
        List<Mistake> mistakes = new ArrayList<>();
        if (blank(f.name()) || f.name().strip().length() > 100)
            wrong(mistakes, "name", "REQUIRED", "请填写证件上的姓名。", "Enter the name as on the document.");
        documentMistake(f.documentType(), f.documentNumber(), clock.today()).ifPresent(mistakes::add);
        if (DOCUMENT_TYPES.contains(f.documentType()) && !bearsBirthDate(f.documentType()))
            birthDate(f.birthDate(), mistakes);
        if (blank(f.phone()) || !f.phone().strip().matches("1[3-9]\\d{9}|\\+\\d{6,15}"))
            wrong(
                    mistakes,
                    "phone",
                    "PHONE",
                    "请填写11位手机号码，境外号码以 + 和国家代码开头。",
                    "Enter a mobile number of 11 digits; one from abroad with + and the country code.");
        if (!blank(f.email()) && !f.email().strip().matches("[^@\\s]{1,64}@[^@\\s]{1,190}\\.[A-Za-z]{2,20}"))
            wrong(
                    mistakes,
                    "email",
                    "EMAIL",
                    "电子邮箱格式不对，例如 name@example.cn。",
                    "This is no e-mail address such as name@example.cn.");
        Passwords.check(f.password(), f.name(), f.documentNumber(), f.phone()).ifPresent(mistakes::add);
        if (!f.agreed())
            wrong(mistakes, "agreed", "CONSENT", "请阅读并同意个人信息使用说明。", "Read how your data are used and agree.");
        return mistakes;
    }

    /** What is wrong with a document: its kind, or the number for that kind; with a wrong one nobody would ever be found. */
    public static Optional<Mistake> documentMistake(String type, String number, LocalDate today) {
        if (!DOCUMENT_TYPES.contains(type))
            return Optional.of(
                    new Mistake("documentType", "REQUIRED", new Text("请选择证件类型。", "Choose the kind of document.")));
        if (bearsBirthDate(type)) return ResidentId.check("documentNumber", number, today);
        if (!blank(number) && ResidentId.written(number).matches("[A-Z0-9]{5,20}")) return Optional.empty();
        return Optional.of(new Mistake(
                "documentNumber",
                "DOCUMENT_NUMBER",
                new Text("证件号码应为5至20位字母或数字。", "The document number has 5 to 20 letters or digits.")));
    }

    /** Whose number is built like the resident identity card's, with birth date and check character (rulebook 2.9). */
    private static boolean bearsBirthDate(String type) {
        return type.equals("RESIDENT_ID") || type.equals("HK_MO_TW_RESIDENCE_PERMIT");
    }

    private void birthDate(String text, List<Mistake> mistakes) {
        try {
            if (blank(text)) wrong(mistakes, "birthDate", "REQUIRED", "请填写出生日期。", "Enter the birth date.");
            else if (LocalDate.parse(text.strip()).isAfter(clock.today()))
                wrong(mistakes, "birthDate", "FUTURE", "出生日期不能在今天之后。", "The birth date can't lie in the future.");
        } catch (DateTimeException noDay) {
            wrong(mistakes, "birthDate", "DATE", "出生日期应写作 年-月-日，如 1990-03-07。", "Write the birth date as 1990-03-07.");
        }
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static void wrong(List<Mistake> mistakes, String field, String code, String zh, String en) {
        mistakes.add(new Mistake(field, code, new Text(zh, en)));
    }
}
