package cn.jincai.filing.events;

import cn.jincai.kernel.CaseNumber;

/** A recorded fact changed a verdict, a level or a sum after the first review (rulebook 7.4). */
public record FactChangedResult(CaseNumber number) {}
