package cn.jincai.applicant;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A human being as the document tells. {@code key} is the fingerprint of document type and number; birth date, phone and email may be null. */
public record Person(
        String key,
        String name,
        String documentType,
        String documentNumber,
        @Nullable LocalDate birthDate,
        @Nullable String phone,
        @Nullable String email) {
    public String maskedNumber() {
        return Persons.maskNumber(documentNumber);
    }

    public String maskedPhone() {
        return phone == null ? "" : Persons.maskNumber(phone);
    }

    @Override
    public String toString() {
        return "Person[" + key.substring(0, 8) + "]"; // a record's own text would carry the name into a log
    }
}
