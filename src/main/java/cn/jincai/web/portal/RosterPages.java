package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.Rosters;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The roster of a claim on the portal: pasted or uploaded as a table, every mistake with its line; later each line with what became of it. */
@Controller
@PreAuthorize("hasAuthority('employer')")
class RosterPages {
    private static final String TEXT = "text", FILE = "file";
    /** More would be read by nobody at once; those that are left are told when these are corrected. */
    private static final int MOST_MISTAKES = 50;

    private static final Pattern LINE = Pattern.compile("lines\\[(\\d+)].*");

    private final Rosters rosters;
    private final CaseForms forms;

    RosterPages(Rosters rosters, CaseForms forms) {
        this.rosters = rosters;
        this.forms = forms;
    }

    @GetMapping("/cases/{number}/roster")
    String show(Actor who, @PathVariable CaseNumber number, @RequestParam(defaultValue = "0") int page, Model model) {
        return page(who, number, page, "", List.of(), model);
    }

    @PostMapping("/cases/{number}/roster")
    String put(
            Actor who,
            @PathVariable CaseNumber number,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            HttpServletResponse response)
            throws IOException {
        byte[] table = file == null || file.isEmpty() ? text.getBytes(StandardCharsets.UTF_8) : file.getBytes();
        String field = file == null || file.isEmpty() ? TEXT : FILE;
        try {
            rosters.putTable(who, number, field, table);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID || problem.mistakes().isEmpty()) throw problem;
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            List<Mistake> mistakes = problem.mistakes().stream()
                    .limit(MOST_MISTAKES)
                    .map(m -> ofLine(m, field))
                    .toList();
            return page(who, number, 0, text, mistakes, model);
        }
        return "redirect:/cases/" + number + "/roster";
    }

    /** A mistake in a line leads to where the lines were typed. */
    private static Mistake ofLine(Mistake mistake, String field) {
        Matcher line = LINE.matcher(mistake.field());
        return line.matches()
                ? new Mistake(
                        field,
                        mistake.code(),
                        Text.of("web.roster.line", Integer.parseInt(line.group(1)) + 1, mistake.message()))
                : new Mistake(field, mistake.code(), mistake.message());
    }

    private String page(Actor who, CaseNumber number, int page, String text, List<Mistake> mistakes, Model model) {
        CaseView file = forms.own(who, number);
        List<Text> columns = rosters.columns(file.scheme());
        if (columns.isEmpty()) throw Problem.notFound();
        forms.show(model, file)
                .addAttribute("columns", columns)
                .addAttribute("open", rosters.isOpen(number))
                .addAttribute("text", text)
                .addAttribute("lines", rosters.page(who, number, page, 50))
                .addAttribute("mistakes", mistakes);
        return "cases/roster";
    }
}
