package cn.jincai.inquiry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in the record; all that is told has to be so. It may hold words about people, and stands neither in addresses nor in the record.
 *
 * @param number   of a case
 * @param person   his name or a part of it
 * @param document number of an identity document, exactly
 * @param kind     a kind's code, or a group's as {@link Kinds} offers it
 * @param account  who did it: an account, or the name of a colleague
 * @param role     code of the role in which it was done
 * @param from     first day
 * @param to       last day
 */
public record Question(
        @Nullable String number,
        @Nullable String person,
        @Nullable String document,
        @Nullable String kind,
        @Nullable String account,
        @Nullable String role,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {
    public boolean isOfPerson() {
        return person != null || document != null;
    }

    /** Which of them are told, by name: never what is told. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        if (number != null) told.add("case");
        if (person != null) told.add("name");
        if (document != null) told.add("document");
        if (kind != null) told.add("kind");
        if (account != null) told.add("account");
        if (role != null) told.add("role");
        if (from != null || to != null) told.add("days");
        return told;
    }
}
