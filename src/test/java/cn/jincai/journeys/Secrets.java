package cn.jincai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import cn.jincai.filing.CaseFile;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.vault.Sealed;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import cn.jincai.vault.Vault;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** What all people of all cases told, and the search for it where it must never be (个人信息保护法 51). */
@TestComponent
@Lazy
public class Secrets {
    private static final List<String> PERSONAL =
            List.of("name", "documentNumber", "phone", "email", "bankAccount", "accountHolder");

    private final JdbcTemplate db;
    private final CaseFile cases;
    private final Vault vault;
    private final List<SealedColumns> rooms;
    private final Overheard overheard;

    Secrets(JdbcTemplate db, CaseFile cases, Vault vault, List<SealedColumns> rooms, Overheard overheard) {
        this.db = db;
        this.cases = cases;
        this.vault = vault;
        this.rooms = rooms;
        this.overheard = overheard;
    }

    /** After every class of tests: what strangers could overhear meanwhile names nobody. */
    public static class AreNotOverheard implements AfterAllCallback {
        @Override
        public void afterAll(ExtensionContext context) {
            Secrets secrets = SpringExtension.getApplicationContext(context).getBean(Secrets.class);
            secrets.areNotIn("log", secrets.overheard.takeLines());
            secrets.areNotIn("addresses", secrets.overheard.takeAddresses());
        }
    }

    /** With where each was told. */
    public Map<String, String> all() {
        Map<String, String> secrets = new TreeMap<>();
        for (String number : db.queryForList("select case_number from cases", String.class)) {
            ObjectNode answers = cases.get(new CaseNumber(number)).answers();
            for (String key : PERSONAL)
                if (isTelling(answers.path(key).asText()))
                    secrets.putIfAbsent(answers.get(key).asText(), number + " " + key);
        }
        for (SealedColumn column : columns("persons")) {
            if (column.label().equals("person.birth-date"))
                continue; // a day stands in many places that speak of others
            db.query("select person_key, " + column.column() + " as closed from persons", (RowCallbackHandler) row -> {
                String value = vault.open(column, Sealed.in(row, "closed"), row.getString("person_key"));
                if (value != null && isTelling(value)) secrets.putIfAbsent(value, column.label());
            });
        }
        for (String ofEmployers : List.of("code", "name")) // public, their register has them as they are
        secrets.keySet().removeAll(db.queryForList("select " + ofEmployers + " from employers", String.class));
        return secrets;
    }

    /** What is sealed in a table, as the rooms say. */
    public List<SealedColumn> columns(String table) {
        return rooms.stream()
                .flatMap(room -> room.columns().stream())
                .filter(column -> column.table().equals(table))
                .toList();
    }

    /** A name of two characters tells somebody; two digits, which a draft may hold as a phone number that is not yet one, tell nobody. */
    private static boolean isTelling(String value) {
        if (value.matches("-?\\d{31,}"))
            return false; // of no document, telephone or account: what a generated request is made of
        return value.length() >= 6 || value.length() > 1 && value.codePoints().allMatch(Character::isIdeographic);
    }

    public void areNotIn(String where, Collection<String> texts) {
        Map<String, String> secrets = all();
        Set<Character> first = new TreeSet<>();
        secrets.keySet().forEach(s -> first.add(s.charAt(0)));
        Map<String, List<String>> byStart = new TreeMap<>();
        secrets.keySet()
                .forEach(s -> byStart.computeIfAbsent(s.substring(0, 2), start -> new ArrayList<>())
                        .add(s));
        Set<String> found = new TreeSet<>();
        for (String text : texts)
            for (int i = 0; i + 1 < text.length(); i++) {
                if (!first.contains(text.charAt(i))) continue;
                for (String secret : byStart.getOrDefault(text.substring(i, i + 2), List.of()))
                    if (text.startsWith(secret, i))
                        found.add(secrets.get(secret) + " in: "
                                + text.substring(Math.max(0, i - 60), Math.min(text.length(), i + 60)));
            }
        assertThat(found).as(where).isEmpty();
    }
}
