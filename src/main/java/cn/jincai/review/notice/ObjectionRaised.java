package cn.jincai.review.notice;

import cn.jincai.kernel.CaseNumber;

/** Somebody objected to a notice, by name; a supervisor is to answer (rulebook 7.7). */
public record ObjectionRaised(CaseNumber number, long objection) {}
