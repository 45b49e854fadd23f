package cn.jincai.applicant;

import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of persons and their accounts. */
@Component
class PersonSeals implements SealedColumns {
    static final SealedColumn NAME = SealedColumn.of("person.name", "person", "sealed_name", "person_key"),
            NUMBER = SealedColumn.of("person.number", "person", "sealed_number", "person_key"),
            BIRTH_DATE = SealedColumn.of("person.birth-date", "person", "sealed_birth_date", "person_key"),
            PHONE = SealedColumn.of("person.phone", "person", "sealed_phone", "person_key"),
            EMAIL = SealedColumn.of("person.email", "person", "sealed_email", "person_key"),
            DISPLAY_NAME = SealedColumn.of("account.name", "account", "sealed_display_name", "name"),
            ACCOUNT_EMAIL = SealedColumn.of("account.email", "account", "sealed_email", "name"),
            HOLDER = SealedColumn.of("bank.holder", "bank_account", "sealed_holder", "case_number", "number_mark"),
            BANK = SealedColumn.of("bank.name", "bank_account", "sealed_bank_name", "case_number", "number_mark"),
            BANK_NUMBER = SealedColumn.of("bank.number", "bank_account", "sealed_number", "case_number", "number_mark");

    @Override
    public List<SealedColumn> columns() {
        return List.of(
                KeysInUse.FINGERPRINTS,
                NAME,
                NUMBER,
                BIRTH_DATE,
                PHONE,
                EMAIL,
                DISPLAY_NAME,
                ACCOUNT_EMAIL,
                HOLDER,
                BANK,
                BANK_NUMBER);
    }
}
