package cn.jincai.calendar;

/** A year's notice was loaded: provisional days of that year are computed again. */
public record NoticeLoaded(int year) {}
