package cn.jincai.web.problem;

import cn.jincai.kernel.MemoryGone;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.process.Tasks;
import cn.jincai.web.security.RefusedAttempts;
import cn.jincai.web.server.BodyMissing;
import cn.jincai.web.server.TooManyCalls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Turns whatever was thrown into an answer that says what to do, without a stack trace and without anybody's data. */
@ControllerAdvice
public class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private static final String PATTERN = HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE;
    /** SQLSTATE of a character that the database can't hold, such as NUL. */
    private static final String NO_CHARACTER = "22021";

    private final RefusedAttempts attempts;

    public ProblemAdvice(RefusedAttempts attempts) {
        this.attempts = attempts;
    }

    @ExceptionHandler
    public @Nullable Object answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        MemoryGone.endIf(thrown);
        // the security filters know whether to ask for a sign-in or to refuse
        if (thrown instanceof AccessDeniedException || thrown instanceof AuthenticationException) throw thrown;
        // the other side has hung up: there is nobody to answer
        if (thrown instanceof AsyncRequestNotUsableException) return null;
        var refusal = refusal(thrown, request);
        attempts.record(request, refusal);
        return underApi(request) ? json(refusal, request) : page(refusal, request, response);
    }

    static boolean underApi(HttpServletRequest request) {
        String path = request.getDispatcherType() == jakarta.servlet.DispatcherType.ERROR
                ? String.valueOf(request.getAttribute(jakarta.servlet.RequestDispatcher.ERROR_REQUEST_URI))
                : request.getRequestURI();
        return path.startsWith(request.getContextPath() + "/api/");
    }

    static ResponseEntity<Object> json(Refusal refusal, HttpServletRequest request) {
        return ResponseEntity.status(refusal.status())
                .headers(refusal.headers())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(refusal.toJson(apiLocale(request)));
    }

    static ModelAndView page(Refusal refusal, HttpServletRequest request, HttpServletResponse response) {
        Locale locale = RequestContextUtils.getLocale(request);
        refusal.headers().forEach((name, values) -> values.forEach(v -> response.setHeader(name, v)));
        var page = new ModelAndView("error", refusal.status());
        page.addObject("status", refusal.status().value());
        page.addObject("title", Refusal.title(refusal.status()).in(locale));
        page.addObject("detail", refusal.text().in(locale));
        page.addObject("back", back(request));
        page.addObject(
                "mistakes",
                refusal.mistakes().stream()
                        .map(m -> m.message().in(locale))
                        .distinct()
                        .toList());
        return page;
    }

    /** The page whose form could not be taken, so that one goes on there; null for a page that was only asked for. */
    private static @Nullable String back(HttpServletRequest request) {
        String from = request.getHeader(HttpHeaders.REFERER);
        String here = request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST) + "/";
        return !request.getMethod().equals("GET") && from != null && from.startsWith(here)
                ? from.substring(here.length() - 1)
                : null;
    }

    /** Chinese unless English is asked for; a caller's program has no cookie. */
    public static Locale apiLocale(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (accepted == null) return Locale.CHINESE;
        try {
            var best = Locale.lookup(Locale.LanguageRange.parse(accepted), List.of(Locale.CHINESE, Locale.ENGLISH));
            return best == null ? Locale.CHINESE : best;
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) { // the JDK throws the second for "-"
            return Locale.CHINESE;
        }
    }

    static Refusal refusal(Exception thrown, HttpServletRequest request) {
        Optional<Refusal> known = byItsCause(thrown);
        if (known.isPresent()) return known.get();
        var notNow = Unavailable.of(thrown);
        if (notNow.isPresent()) {
            LOG.warn(
                    "{} {} was told to come again: {}",
                    request.getMethod(),
                    request.getAttribute(PATTERN),
                    thrown.getClass().getName());
            return notNow.get();
        }
        Optional<Refusal> wrong = malformed(thrown);
        if (wrong.isPresent()) return wrong.get();
        if (thrown instanceof MultipartException && UploadedParts.failedHere(thrown)) {
            note(thrown, request);
            return Refusal.of(Problem.diskUnavailable());
        }
        if (thrown instanceof MultipartException) return Refusal.of(HttpStatus.BAD_REQUEST, "web.upload.MALFORMED");
        if (thrown instanceof ErrorResponse answer) return Refusal.of(answer.getStatusCode(), answer.getHeaders());
        if (thrown instanceof ConcurrencyFailureException
                || thrown instanceof DataIntegrityViolationException
                || Tasks.isOvertaken(thrown)) {
            note(thrown, request);
            return Refusal.of(HttpStatus.CONFLICT, "web.CONFLICT");
        }
        note(thrown, request);
        return Refusal.of(HttpStatus.INTERNAL_SERVER_ERROR, HttpHeaders.EMPTY);
    }

    /** What a room or a filter has said, however deep it lies in what Spring made of it. */
    private static Optional<Refusal> byItsCause(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) return Optional.of(Refusal.of(problem));
            if (cause instanceof TooManyCalls many) return Optional.of(many.refusal());
            if (cause instanceof BodyLimit.TooLarge) return Optional.of(BodyLimit.refusal());
            if (cause instanceof BodyMissing)
                return Optional.of(Refusal.of(HttpStatus.REQUEST_TIMEOUT, "web.body.TOO_SLOW"));
            if (cause instanceof MaxUploadSizeExceededException) return Optional.of(BodyLimit.uploadRefusal());
            if (cause instanceof SQLException sql && NO_CHARACTER.equals(sql.getSQLState()))
                return Optional.of(Refusal.of(HttpStatus.BAD_REQUEST, "web.character.MALFORMED"));
            if (UploadedParts.unreadable(cause))
                return Optional.of(Refusal.of(HttpStatus.BAD_REQUEST, "web.upload.MALFORMED"));
        }
        return Optional.empty();
    }

    /** What Spring could not read into a body or a parameter. */
    private static Optional<Refusal> malformed(Exception thrown) {
        if (thrown instanceof HttpMessageNotReadableException unreadable) return Optional.of(unreadable(unreadable));
        List<Mistake> mistakes = new ArrayList<>();
        if (thrown instanceof BindException invalid)
            invalid.getFieldErrors().forEach(e -> mistakes.add(malformed(e.getField())));
        else if (thrown instanceof MethodArgumentTypeMismatchException mismatch)
            mistakes.add(malformed(mismatch.getName()));
        else if (thrown instanceof TypeMismatchException mismatch)
            mistakes.add(malformed(String.valueOf(mismatch.getPropertyName())));
        else if (thrown instanceof MissingServletRequestParameterException missing)
            mistakes.add(missing(missing.getParameterName()));
        else if (thrown instanceof MissingServletRequestPartException missing)
            mistakes.add(missing(missing.getRequestPartName()));
        else if (thrown instanceof MissingRequestHeaderException missing)
            mistakes.add(missing(missing.getHeaderName()));
        else return Optional.empty();
        return Optional.of(malformed(mistakes));
    }

    private static Refusal malformed(List<Mistake> mistakes) {
        return new Refusal(HttpStatus.BAD_REQUEST, "MALFORMED", Text.of("web.MALFORMED"), mistakes, HttpHeaders.EMPTY);
    }

    private static Mistake malformed(String field) {
        return Mistake.of(field, "web.field.MALFORMED", field);
    }

    private static Mistake missing(String field) {
        return Mistake.of(field, "web.field.REQUIRED", field);
    }

    /** Which field, and where a list of values is known, which ones; the value itself stays untold. */
    private static Refusal unreadable(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() instanceof UnrecognizedPropertyException unknown) {
            String field = path(unknown);
            return malformed(List.of(Mistake.of(field, "web.field.UNKNOWN", field)));
        }
        if (unreadable.getCause() instanceof InvalidFormatException wrong
                && wrong.getTargetType() != null
                && wrong.getTargetType().isEnum()) {
            String field = path(wrong);
            String known = Arrays.stream(wrong.getTargetType().getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            return malformed(List.of(Mistake.of(field, "web.field.UNKNOWN_VALUE", field, known)));
        }
        if (unreadable.getCause() instanceof JsonMappingException wrong
                && !wrong.getPath().isEmpty()) return malformed(List.of(malformed(path(wrong))));
        if (unreadable.getCause() instanceof JsonProcessingException wrong && wrong.getLocation() != null) {
            int line = wrong.getLocation().getLineNr();
            int column = wrong.getLocation().getColumnNr();
            return Refusal.of(HttpStatus.BAD_REQUEST, "web.json.MALFORMED", line, column);
        }
        return Refusal.of(HttpStatus.BAD_REQUEST, "web.body.MALFORMED");
    }

    private static String path(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    /** The log gets types and places. Messages stay out: a database's tell the values of the row. */
    private static void note(Exception thrown, HttpServletRequest request) {
        var told = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            told.append("\n  ").append(cause.getClass().getName());
            if (cause instanceof SQLException sql)
                told.append(' ').append(sql.getSQLState()).append(' ').append(sql.getErrorCode());
            Arrays.stream(cause.getStackTrace())
                    .limit(12)
                    .forEach(at -> told.append("\n    at ").append(at));
        }
        LOG.error("{} {}{}", request.getMethod(), request.getAttribute(PATTERN), told);
    }
}
