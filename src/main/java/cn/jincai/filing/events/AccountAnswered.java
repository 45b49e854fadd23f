package cn.jincai.filing.events;

import cn.jincai.kernel.CaseNumber;

/** The applicant has given another account for a payment. */
public record AccountAnswered(CaseNumber number, long payment) {}
