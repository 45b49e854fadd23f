package cn.jincai.applicant;

/** An employer with clerks here, by its unified social credit code. */
public record Employer(String code, String name) {}
