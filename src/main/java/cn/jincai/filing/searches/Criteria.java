package cn.jincai.filing.searches;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for; all that is told has to be so. It may hold words about people, and stands neither in addresses nor in the record.
 *
 * @param words    a case's number, or a name or a part of one
 * @param document number of an identity document, exactly
 * @param employer its code, or a part of its name
 * @param stage    key of the step at which the case stands
 * @param from     first day of its submission
 * @param to       last day of its submission
 * @param least    in fen
 * @param most     in fen
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Criteria(
        @Nullable String words,
        @Nullable String document,
        @Nullable String employer,
        @Nullable String stage,
        @Nullable String scheme,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable Long least,
        @Nullable Long most) {
    public static final Criteria NONE = new Criteria(null, null, null, null, null, null, null, null, null);

    @JsonIgnore
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Which of them are told, by name, for the record: never what is told. */
    @JsonIgnore
    public List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        if (words != null) kinds.add("words");
        if (document != null) kinds.add("document");
        if (employer != null) kinds.add("employer");
        if (stage != null) kinds.add("stage");
        if (scheme != null) kinds.add("scheme");
        if (from != null || to != null) kinds.add("days");
        if (least != null || most != null) kinds.add("sum");
        return kinds;
    }
}
