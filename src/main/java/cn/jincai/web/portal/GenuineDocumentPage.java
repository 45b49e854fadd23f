package cn.jincai.web.portal;

import cn.jincai.document.GenuineDocument;
import cn.jincai.document.IssuedDocuments;
import cn.jincai.web.server.RateLimited;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A bank, an employer, a landlord holds a letter and asks whether the city has issued it: by its check code, which says nothing of whom it is about. */
@Controller
class GenuineDocumentPage {
    private final IssuedDocuments documents;

    GenuineDocumentPage(IssuedDocuments documents) {
        this.documents = documents;
    }

    @GetMapping("/documents")
    @RateLimited
    @PreAuthorize("permitAll()")
    String check(@RequestParam(defaultValue = "") String code, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        Optional<GenuineDocument> found = code.isBlank() ? Optional.empty() : documents.genuine(code);
        if (!code.isBlank() && found.isEmpty()) response.setStatus(HttpStatus.NOT_FOUND.value());
        model.addAttribute("code", code).addAttribute("found", found.orElse(null));
        return "public/documents";
    }
}
