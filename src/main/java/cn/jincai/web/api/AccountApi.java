package cn.jincai.web.api;

import cn.jincai.applicant.Staff;
import cn.jincai.kernel.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@Tag(name = "Accounts 账号")
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
    @Operation(summary = "更改自己的密码 Change one's own password", description = """
        系统生成的初始密码须先在此更改，在此之前其他调用一律答复 403 `PASSWORD_TO_CHANGE`。更改后所有登录失效。
        A first password made by the office is changed here before anything else; until then every other call answers 403 `PASSWORD_TO_CHANGE`. It ends all sessions.""")
    void password(Actor actor, @RequestBody Change change) {
        staff.changeOwnPassword(change.old(), change.password(), actor);
    }
}
