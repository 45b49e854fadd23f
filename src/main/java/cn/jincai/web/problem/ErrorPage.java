package cn.jincai.web.problem;

import cn.jincai.kernel.MemoryGone;
import cn.jincai.kernel.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What was refused before a controller was reached: by the container, a filter, the security rules. */
@Controller
public class ErrorPage implements ErrorController {
    @RequestMapping("/error")
    @PreAuthorize("permitAll()")
    public Object error(HttpServletRequest request, HttpServletResponse response) {
        MemoryGone.endIf((Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        var refusal = refusal(request);
        return ProblemAdvice.underApi(request)
                ? ProblemAdvice.json(refusal, request)
                : ProblemAdvice.page(refusal, request, response);
    }

    private static Refusal refusal(HttpServletRequest request) {
        if (request.getAttribute(BeforeControllers.REFUSAL) instanceof Refusal refused) return refused;
        boolean noToken = request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException;
        if (noToken && UploadedParts.failedHere(request)) return Refusal.of(Problem.diskUnavailable());
        if (noToken) return Refusal.of(HttpStatus.FORBIDDEN, "web.PAGE_TOO_OLD");
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
                && Unavailable.of(thrown).isPresent())
            return Unavailable.of(thrown).get();
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : null;
        if (status == HttpStatus.PAYLOAD_TOO_LARGE && BodyLimit.isUpload(request)) return BodyLimit.uploadRefusal();
        return Refusal.of(status == null ? HttpStatus.NOT_FOUND : status, HttpHeaders.EMPTY);
    }
}
