package cn.jincai.web.admin;

import cn.jincai.kernel.Actor;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.policy.Packages;
import cn.jincai.policy.Publication;
import cn.jincai.policy.Publication.Upload;
import cn.jincai.policy.editing.EntryEdit;
import cn.jincai.policy.editing.RegisterEdits;
import cn.jincai.policy.registers.Entry;
import cn.jincai.policy.registers.Registers;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Entries of a version of the registers: added, ended, called otherwise from a day on. Each change makes a version. */
@Controller
@RequestMapping("/admin/registers")
class RegisterEntryPages {
    private static final String ADMIN = "hasAuthority('policy-admin')";
    private static final String EDITED = "registers.edited";

    private final Publication publication;
    private final Packages packages;
    private final RegisterEdits edits;

    RegisterEntryPages(Publication publication, Packages packages, RegisterEdits edits) {
        this.publication = publication;
        this.packages = packages;
        this.edits = edits;
    }

    @GetMapping("/{hash}/{register}")
    @PreAuthorize(ADMIN)
    String add(@PathVariable String hash, @PathVariable String register, Model model) {
        return add(hash, register, EntryEdit.EMPTY, Mistakes.NONE, model);
    }

    private String add(String hash, String register, EntryEdit typed, Mistakes mistakes, Model model) {
        Publication.Version version = publication.version(Registers.CODE, hash);
        if (!edits.read(hash).has(register)) throw Problem.notFound();
        model.addAttribute("version", version)
                .addAttribute("register", register)
                .addAttribute("typed", typed)
                .addAttribute("lenders", Role.LENDERS.stream().sorted().toList())
                .addAttribute("mistakes", mistakes);
        return "admin/register-add";
    }

    @PostMapping("/{hash}/{register}")
    @PreAuthorize(ADMIN)
    String add(
            Actor actor,
            @PathVariable String hash,
            @PathVariable String register,
            EntryEdit typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        EntryEdit entry = typed.whole();
        return made(
                () -> edits.add(hash, register, entry, actor),
                mistakes -> add(hash, register, entry, mistakes, model),
                response,
                after);
    }

    @GetMapping("/{hash}/{register}/{code}")
    @PreAuthorize(ADMIN)
    String entry(@PathVariable String hash, @PathVariable String register, @PathVariable String code, Model model) {
        return entry(hash, register, code, EntryEdit.EMPTY, Mistakes.NONE, model);
    }

    private String entry(String hash, String register, String code, EntryEdit typed, Mistakes mistakes, Model model) {
        Publication.Version version = publication.version(Registers.CODE, hash);
        List<Entry> entries = edits.read(hash).of(register, code);
        if (entries.isEmpty()) throw Problem.notFound();
        model.addAttribute("version", version)
                .addAttribute("asked", PolicyRegisterPages.askedOfSources(packages))
                .addAttribute("register", register)
                .addAttribute("entries", entries)
                .addAttribute("last", entries.get(entries.size() - 1))
                .addAttribute("typed", typed)
                .addAttribute("mistakes", mistakes);
        return "admin/register-entry";
    }

    @PostMapping("/{hash}/{register}/{code}/end")
    @PreAuthorize(ADMIN)
    String end(
            Actor actor,
            @PathVariable String hash,
            @PathVariable String register,
            @PathVariable String code,
            EntryEdit typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        EntryEdit entry = typed.whole();
        return made(
                () -> edits.end(hash, register, code, entry.until(), actor),
                mistakes -> entry(hash, register, code, entry, mistakes, model),
                response,
                after);
    }

    @PostMapping("/{hash}/{register}/{code}/name")
    @PreAuthorize(ADMIN)
    String rename(
            Actor actor,
            @PathVariable String hash,
            @PathVariable String register,
            @PathVariable String code,
            EntryEdit typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        EntryEdit entry = typed.whole();
        return made(
                () -> edits.rename(hash, register, code, entry.nameZh(), entry.nameEn(), entry.from(), actor),
                mistakes -> entry(hash, register, code, entry, mistakes, model),
                response,
                after);
    }

    private interface Form {
        String again(Mistakes mistakes);
    }

    /** A new version; or the form once more with what is wrong, also with what the checks say. */
    private static String made(
            Supplier<Upload> change, Form form, HttpServletResponse response, RedirectAttributes after) {
        try {
            Upload upload = change.get();
            if (!upload.isKept()) {
                response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
                return form.again(new Mistakes(upload.mistakes()).allAt(""));
            }
            after.addFlashAttribute("done", EDITED);
            return "redirect:/admin/registers/" + upload.hash();
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) throw problem;
            return form.again(Mistakes.inFormOrTooLate(problem, response));
        }
    }
}
