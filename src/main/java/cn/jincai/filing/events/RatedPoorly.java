package cn.jincai.filing.events;

import cn.jincai.kernel.CaseNumber;

/** One or two stars: a supervisor follows up. */
public record RatedPoorly(CaseNumber number) {}
