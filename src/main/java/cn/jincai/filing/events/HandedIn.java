package cn.jincai.filing.events;

import cn.jincai.kernel.CaseNumber;

/** The applicant has answered a supplement. */
public record HandedIn(CaseNumber number) {}
