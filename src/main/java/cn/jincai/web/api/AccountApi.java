package cn.jincai.web.api;

import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Actor;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own account, for programs. */
@RestController
@RequestMapping("/api/account")
class AccountApi {
    private final Staff staff;

    AccountApi(Staff staff) {
        this.staff = staff;
    }

    /** @param old the present one */
    record Change(String old, String password) {
        @Override
        public String toString() {
            return "Change";
        }
    }

    @PutMapping("/password")
    @PreAuthorize("isAuthenticated()")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void password(Actor actor, @RequestBody Change change) {
        staff.changeOwnPassword(change.old(), change.password(), actor);
    }
}
