package cn.jincai.applicant;

/** Roles, lock or password of an account changed: whoever signed in before must sign in again. */
public record RolesChanged(String account) {}
