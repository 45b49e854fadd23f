package cn.jincai.filing.events;

import cn.jincai.kernel.CaseNumber;

/** The applicant takes the case back; its way ends. */
public record Withdrawn(CaseNumber number) {}
