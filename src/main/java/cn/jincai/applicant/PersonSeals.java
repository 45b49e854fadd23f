package cn.jincai.applicant;

import cn.jincai.vault.KeysInUse;
import cn.jincai.vault.SealedColumn;
import cn.jincai.vault.SealedColumns;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is sealed of persons and their accounts. */
@Component
public class PersonSeals implements SealedColumns {
    public static final SealedColumn NAME = SealedColumn.of("person.name", "persons", "sealed_name", "person_key"),
            NUMBER = SealedColumn.of("person.number", "persons", "sealed_number", "person_key"),
            BIRTH_DATE = SealedColumn.of("person.birth-date", "persons", "sealed_birth_date", "person_key"),
            PHONE = SealedColumn.of("person.phone", "persons", "sealed_phone", "person_key"),
            EMAIL = SealedColumn.of("person.email", "persons", "sealed_email", "person_key"),
            JUDGEMENT = SealedColumn.of("person.judgement", "person_judgements", "sealed_reason", "pair_id", "row_key"),
            DISPLAY_NAME = SealedColumn.of("account.name", "accounts", "sealed_display_name", "name"),
            SECOND_FACTOR = SealedColumn.of("account.second-factor", "second_factors", "sealed_secret", "account"),
            PASSKEY = SealedColumn.of("account.passkey", "passkeys", "sealed_attestation", "credential_id", "account"),
            PASSKEY_LABEL =
                    SealedColumn.of("account.passkey-label", "passkeys", "sealed_label", "credential_id", "account"),
            ACCOUNT_EMAIL = SealedColumn.of("account.email", "accounts", "sealed_email", "name"),
            LETTER_TO = SealedColumn.of("letter.to", "letters", "sealed_address", "row_key"),
            LETTER = SealedColumn.of("letter.words", "letters", "sealed_words", "row_key"),
            CORRECTED_NAME = SealedColumn.of("account.corrected-name", "name_corrections", "sealed_name", "account"),
            CONTACT = SealedColumn.of("contact.value", "contact_codes", "sealed_value", "account", "way"),
            LOST = SealedColumn.of("lost-password.typed", "lost_passwords", "sealed_typed", "row_key"),
            INVITATION = SealedColumn.of("clerk-invitation.code", "clerk_invitations", "sealed_code", "row_key"),
            HOLDER = SealedColumn.of("bank.holder", "bank_accounts", "sealed_holder", "case_number", "number_mark"),
            BANK = SealedColumn.of("bank.name", "bank_accounts", "sealed_bank_name", "case_number", "number_mark"),
            BANK_NUMBER =
                    SealedColumn.of("bank.number", "bank_accounts", "sealed_number", "case_number", "number_mark");

    @Override
    public List<SealedColumn> columns() {
        return List.of(
                KeysInUse.FINGERPRINTS,
                NAME,
                NUMBER,
                BIRTH_DATE,
                PHONE,
                EMAIL,
                JUDGEMENT,
                DISPLAY_NAME,
                ACCOUNT_EMAIL,
                SECOND_FACTOR,
                LETTER_TO,
                LETTER,
                CORRECTED_NAME,
                CONTACT,
                LOST,
                INVITATION,
                PASSKEY,
                PASSKEY_LABEL,
                HOLDER,
                BANK,
                BANK_NUMBER);
    }
}
