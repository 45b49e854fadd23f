package cn.jincai.web.office;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseNumber;
import cn.jincai.web.tasklist.TasklistAccess;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The case file 案卷 for officers as a page of its own, and the way to their desk. Each access is recorded by {@code filing}. */
@Controller
public class OfficerPages {
    public static final String OFFICERS =
            "hasAnyAuthority('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor', 'finance', 'finance-approver', 'auditor')";
    private final FilePage file;

    OfficerPages(FilePage file) {
        this.file = file;
    }

    /** Where officers work. */
    @GetMapping("/officers")
    @PreAuthorize(OFFICERS)
    String desk() {
        return "redirect:" + TasklistAccess.HOME;
    }

    @GetMapping("/officers/cases/{number}")
    @PreAuthorize(OFFICERS)
    String show(Actor who, @PathVariable CaseNumber number, Model model) {
        return file.show(who, number, model, List.of());
    }
}
