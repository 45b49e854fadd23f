package cn.jincai.filing.events;

import cn.jincai.kernel.CaseNumber;

/** The person has been heard. */
public record HearingAnswered(CaseNumber number) {}
