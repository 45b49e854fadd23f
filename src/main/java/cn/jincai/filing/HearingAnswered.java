package cn.jincai.filing;

import cn.jincai.kernel.CaseNumber;

/** The person has been heard. */
public record HearingAnswered(CaseNumber number) {}
