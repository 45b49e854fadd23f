package cn.jincai.web.portal;

import cn.jincai.filing.CaseView;
import cn.jincai.filing.RosterIntake;
import cn.jincai.filing.Rosters;
import cn.jincai.filing.lines.ReturnedRow;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Problem.Mistake;
import cn.jincai.kernel.Text;
import cn.jincai.web.api.FileAnswer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The roster of a claim on the portal: pasted or uploaded as a table, of which the rows that are wrong come back; later each line with what became of it. */
@Controller
@PreAuthorize("hasAuthority('employer')")
class RosterPages {
    private static final String TEXT = "text", FILE = "file";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /** More would be read by nobody on a page; all of them stand in the workbook. */
    private static final int MOST_SHOWN = 50;

    private final Rosters rosters;
    private final RosterIntake intake;
    private final CaseForms forms;

    RosterPages(Rosters rosters, RosterIntake intake, CaseForms forms) {
        this.rosters = rosters;
        this.intake = intake;
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
            @RequestParam(defaultValue = "false") boolean further,
            Model model,
            HttpServletResponse response)
            throws IOException {
        byte[] table = file == null || file.isEmpty() ? text.getBytes(StandardCharsets.UTF_8) : file.getBytes();
        String field = file == null || file.isEmpty() ? TEXT : FILE;
        try {
            RosterIntake.Taken taken = intake.take(who, number, field, table, further);
            if (taken.taken() > 0) return "redirect:/cases/" + number + "/roster";
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return page(who, number, 0, text, List.of(Mistake.of(field, "web.roster.NONE_TAKEN")), model);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID || problem.mistakes().isEmpty()) throw problem;
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return page(who, number, 0, text, problem.mistakes(), model);
        }
    }

    /** A workbook to fill in, made for the scheme of the case. */
    @GetMapping("/cases/{number}/roster/template")
    ResponseEntity<byte[]> template(Actor who, @PathVariable CaseNumber number, Locale locale) {
        return FileAnswer.attachment("roster.xlsx", XLSX, intake.workbook(who, number, false, locale));
    }

    /** The same with the rows that came back and what is to be done about each. */
    @GetMapping("/cases/{number}/roster/returned")
    ResponseEntity<byte[]> returned(Actor who, @PathVariable CaseNumber number, Locale locale) {
        return FileAnswer.attachment("roster-returned.xlsx", XLSX, intake.workbook(who, number, true, locale));
    }

    @PostMapping("/cases/{number}/roster/discard")
    String discard(Actor who, @PathVariable CaseNumber number) {
        intake.discardBack(who, number);
        return "redirect:/cases/" + number + "/roster";
    }

    private String page(Actor who, CaseNumber number, int page, String text, List<Mistake> mistakes, Model model) {
        CaseView file = forms.own(who, number);
        List<Text> columns = rosters.columns(file.scheme());
        if (columns.isEmpty()) throw Problem.notFound();
        List<ReturnedRow> back = intake.back(who, number);
        forms.show(model, file)
                .addAttribute("columns", columns)
                .addAttribute("open", rosters.isOpen(number))
                .addAttribute("back", back.stream().limit(MOST_SHOWN).toList())
                .addAttribute("backCount", back.size())
                .addAttribute("text", text)
                .addAttribute("lines", rosters.page(who, number, page, 50))
                .addAttribute("mistakes", mistakes);
        return "cases/roster";
    }
}
