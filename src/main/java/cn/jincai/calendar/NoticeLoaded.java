package cn.jincai.calendar;

/**
 * A year's notice was loaded, or an amended one took its place: days that rest on that year are computed again.
 *
 * @param before the calendar until now
 */
public record NoticeLoaded(int year, WorkingCalendar before) {}
