package cn.jincai.web.api;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Page;
import cn.jincai.kernel.Problem;
import cn.jincai.payment.BankAnswers;
import cn.jincai.payment.Batches;
import cn.jincai.payment.PaymentView;
import cn.jincai.payment.Payments;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Payments for other systems of the city (case-api). */
@RestController
public class PaymentApi {
    private final Payments payments;
    private final Batches batches;
    private final BankAnswers answers;

    PaymentApi(Payments payments, Batches batches, BankAnswers answers) {
        this.payments = payments;
        this.batches = batches;
        this.answers = answers;
    }

    @GetMapping("/api/payments")
    @PreAuthorize("hasAnyAuthority('finance', 'finance-approver', 'auditor', 'applicant', 'employer')")
    Page<PaymentView> list(
            Actor who,
            @RequestParam(name = "case", required = false) String number,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "20") int size) {
        return payments.list(who, number == null || number.isBlank() ? null : new CaseNumber(number), page, size);
    }

    @GetMapping("/api/payments/batches/{id}/file")
    @PreAuthorize("hasAuthority('finance')")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    ResponseEntity<byte[]> file(Actor who, @PathVariable long id, @RequestParam(defaultValue = "csv") String format) {
        if (!format.equals("csv")) throw Problem.invalid("format", "web.finance.UNKNOWN_FORMAT");
        return csv(batches.file(who, id), id);
    }

    public static ResponseEntity<byte[]> csv(byte[] file, long batch) {
        return FileAnswer.attachment("batch-" + batch + ".csv", "text/csv;charset=GB18030", file);
    }

    @PostMapping(path = "/api/payments/batches/{id}/answers", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @PreAuthorize("hasAuthority('finance')")
    BankAnswers.Loaded load(Actor who, @PathVariable long id, @RequestParam MultipartFile file) throws IOException {
        return answers.load(who, id, file.getBytes());
    }
}
