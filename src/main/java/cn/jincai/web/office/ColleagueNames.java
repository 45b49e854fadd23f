package cn.jincai.web.office;

import cn.jincai.applicant.Account;
import cn.jincai.applicant.Accounts;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** What colleagues are called, beside the names with which they sign in. Templates know it as {@code colleagueNames}. */
@Component
public class ColleagueNames {
    private final Accounts accounts;

    ColleagueNames(Accounts accounts) {
        this.accounts = accounts;
    }

    @Autowired
    void give(ThymeleafViewResolver views) {
        views.addStaticVariable("colleagueNames", this);
    }

    /** The account's own name where nobody has it any more. */
    public String of(String account) {
        return accounts.look(account).map(Account::displayName).orElse(account);
    }
}
