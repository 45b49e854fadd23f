package cn.jincai.document;

import cn.jincai.kernel.Money;
import cn.jincai.kernel.Text;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an issued document tells, as the templates read it. {@link IssuedDocuments#issue} says which document needs what. */
@JsonIgnoreProperties(ignoreUnknown = true)
record DocumentContent(
        String name,
        String documentNumber,
        @Nullable String employerName,
        DocumentText scheme,
        @Nullable LocalDate submittedOn,
        @Nullable LocalDate acceptedOn,
        @Nullable LocalDate promisedBy,
        @Nullable LocalDate answerBy,
        @Nullable LocalDate lawfulBy,
        @Nullable Integer workingDays,
        boolean byLapse,
        boolean bySystem,
        List<Item> items,
        @Nullable DocumentText reason,
        @Nullable String outcome,
        List<Benefit> benefits,
        List<DocumentText> articles,
        List<Line> lines,
        List<Repayment> repayments,
        @Nullable LocalDate repayBy,
        @Nullable LocalDate endsOn,
        @Nullable String decisionNumber,
        @Nullable LocalDate decidedOn,
        @Nullable LocalDate servedOn,
        @Nullable DocumentText how,
        boolean electronic) {
    DocumentContent {
        items = items == null ? List.of() : items;
        benefits = benefits == null ? List.of() : benefits;
        articles = articles == null ? List.of() : articles;
        lines = lines == null ? List.of() : lines;
        repayments = repayments == null ? List.of() : repayments;
    }

    /** A sum as letters say it: in yuan, in capitals, and in yuan in the translation. */
    interface Sum {
        long amountFen();

        default String sum() {
            return inYuan(amountFen());
        }

        default String capitals() {
            return CapitalSum.of(amountFen());
        }

        default String sumEn() {
            return inYuanEn(amountFen());
        }
    }

    /** What is to be paid back of a benefit. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Repayment(DocumentText name, long amountFen) implements Sum {}

    /** An employee of a roster, his number masked: what is granted for him, or why nothing is. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Line(int line, String name, String number, long amountFen, List<DocumentText> reasons) implements Sum {}

    /** One thing to supplement: the answer or document, and what is wrong with it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Item(DocumentText item, DocumentText reason) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Benefit(
            String code,
            DocumentText name,
            String outcome,
            long amountFen,
            @Nullable Integer level,
            @Nullable Long monthlyFen,
            @Nullable Integer months,
            @Nullable Integer instalment,
            List<Instalment> instalments,
            List<Reason> reasons,
            List<Reason> waived,
            @Nullable String grounds)
            implements Sum {
        Benefit {
            instalments = instalments == null ? List.of() : instalments;
            reasons = reasons == null ? List.of() : reasons;
            waived = waived == null ? List.of() : waived;
        }

        public boolean granted() {
            return "granted".equals(outcome);
        }

        public String outcomeZh() {
            return outcomeText().zh();
        }

        public String outcomeEn() {
            return outcomeText().en();
        }

        private Text outcomeText() {
            return Text.of("document.outcome." + (granted() || "lapsed".equals(outcome) ? outcome : "refused"));
        }

        public @Nullable String monthlyEn() {
            return monthlyFen == null ? null : inYuanEn(monthlyFen);
        }

        public @Nullable String monthly() {
            return monthlyFen == null ? null : inYuan(monthlyFen);
        }

        public @Nullable String monthlyCapitals() {
            return monthlyFen == null ? null : CapitalSum.of(monthlyFen);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Instalment(int number, long amountFen, LocalDate from, LocalDate to) implements Sum {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Reason(
            String code, DocumentText message, @Nullable DocumentText basis, String status) {}

    private static String inYuan(long fen) {
        return Text.of("document.yuan", new Money(fen).yuan()).zh();
    }

    private static String inYuanEn(long fen) {
        return Text.of("document.yuan", new Money(fen).yuan()).en();
    }

    /** Whether more than one sum is granted, so that they are added up. */
    public boolean addsUp() {
        return benefits.stream().filter(b -> b.granted() && b.amountFen() > 0).count() > 1;
    }

    public String grantedSum() {
        return inYuan(grantedFen());
    }

    public String grantedCapitals() {
        return CapitalSum.of(grantedFen());
    }

    private long grantedFen() {
        return benefits.stream()
                .filter(Benefit::granted)
                .mapToLong(Benefit::amountFen)
                .sum();
    }

    /** What is not granted, and what was granted on grounds of its own. */
    public List<Benefit> explained() {
        return benefits.stream()
                .filter(b -> !b.granted() || b.grounds() != null || !b.waived().isEmpty())
                .toList();
    }

    /** Every article that the document rests on, each once. */
    public List<DocumentText> allArticles() {
        return Stream.concat(
                        articles.stream(),
                        benefits.stream()
                                .flatMap(b -> Stream.concat(b.reasons().stream(), b.waived().stream()))
                                .map(Reason::basis))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
