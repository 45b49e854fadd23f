package cn.jincai.filing;

import cn.jincai.kernel.CaseNumber;

/** A case was handed in for the first time; its way begins. */
public record Submitted(CaseNumber number, String scheme, String packageHash) {}
