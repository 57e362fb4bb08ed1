package dev.gradus.expressions.jsonata;

import java.time.LocalDate;

/**
 * A moment in JavaScript's calendar, in UTC. What is too far away has no parts: they are NaN.
 *
 * @param millis milliseconds since 1970
 */
record CalendarDate(double millis) {
    private static final double MILLIS_MAX = 8.64e15;
    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final int DAYS_PER_WEEK = 7;
    private static final int THURSDAY = 4;
    private static final int MONTHS = 12;
    private static final double YEARS_MAX = 300_000;

    /** Makes a date; a fraction of a millisecond is dropped. */
    static CalendarDate of(double millis) {
        return new CalendarDate(
                Math.abs(millis) <= MILLIS_MAX ? (double) (long) millis : Double.NaN);
    }

    /**
     * Returns {@code Date.UTC} of a day: months count from 0 and may lie outside a year; the years
     * 0 to 99 are those of the twentieth century.
     */
    static double utc(double year, double month, double day) {
        if (!(Math.abs(year) <= YEARS_MAX) || !(Math.abs(month) <= MONTHS * YEARS_MAX)) {
            return Double.NaN;
        }
        var wholeYear = (long) year;
        var fullYear = wholeYear >= 0 && wholeYear <= 99 ? 1900 + wholeYear : wholeYear;
        var months = fullYear * MONTHS + (long) month;
        var first =
                LocalDate.of(
                        (int) Math.floorDiv(months, MONTHS),
                        (int) Math.floorMod(months, (long) MONTHS) + 1,
                        1);
        return (first.toEpochDay() + whole(day) - 1) * MILLIS_PER_DAY;
    }

    private static double whole(double number) {
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    /** Returns {@code Date.UTC} of a day and a time. */
    static double utc(double day, double hour, double minute, double second, double milli) {
        return day
                + whole(hour) * MILLIS_PER_HOUR
                + whole(minute) * MILLIS_PER_MINUTE
                + whole(second) * MILLIS_PER_SECOND
                + whole(milli);
    }

    private double ofDay(double unit, int count) {
        var since = millis - Math.floor(millis / MILLIS_PER_DAY) * MILLIS_PER_DAY;
        return Math.floor(since / unit) % count;
    }

    private LocalDate day() {
        return LocalDate.ofEpochDay((long) Math.floor(millis / MILLIS_PER_DAY));
    }

    boolean isValid() {
        return !Double.isNaN(millis);
    }

    /** Returns a component by the letter that pictures name it with; NaN for one without number. */
    double component(char letter) {
        if (!isValid()) {
            return Double.NaN;
        }
        var day = day();
        return switch (letter) {
            case 'Y' -> day.getYear();
            case 'M' -> day.getMonthValue();
            case 'D' -> day.getDayOfMonth();
            case 'd' -> {
                var today = utc(day.getYear(), day.getMonthValue() - 1.0, day.getDayOfMonth());
                yield (today - utc(day.getYear(), 0, 1)) / MILLIS_PER_DAY + 1;
            }
            case 'F' -> day.getDayOfWeek().getValue();
            case 'W' -> weekOfYear(day);
            case 'w' -> weekOfMonth(day);
            case 'X' -> yearOfWeek(day);
            case 'x' -> monthOfWeek(day);
            case 'H' -> ofDay(MILLIS_PER_HOUR, 24);
            case 'h' -> (ofDay(MILLIS_PER_HOUR, 24) + 11) % 12 + 1;
            case 'm' -> ofDay(MILLIS_PER_MINUTE, 60);
            case 's' -> ofDay(MILLIS_PER_SECOND, 60);
            case 'f' -> ofDay(1, 1000);
            default -> Double.NaN;
        };
    }

    boolean isAfternoon() {
        return isValid() && component('H') >= 12;
    }

    /** Returns when the first week begins that has more than half of its days in a month. */
    private static double firstWeek(double year, double month) {
        var first = utc(year, month, 1);
        var days = Math.floor(first / MILLIS_PER_DAY);
        var weekday = Math.floorMod((long) days + THURSDAY - 1, (long) DAYS_PER_WEEK) + 1;
        return weekday > THURSDAY
                ? first + (DAYS_PER_WEEK + 1 - weekday) * MILLIS_PER_DAY
                : first - (weekday - 1) * MILLIS_PER_DAY;
    }

    private static double weeks(double start, double end) {
        return Math.floor((end - start) / (MILLIS_PER_DAY * DAYS_PER_WEEK) + 1);
    }

    private static double today(LocalDate day) {
        return utc(day.getYear(), day.getMonthValue() - 1.0, day.getDayOfMonth());
    }

    private static double weekOfYear(LocalDate day) {
        var today = today(day);
        var week = weeks(firstWeek(day.getYear(), 0), today);
        if (week > 52 && today >= firstWeek(day.getYear() + 1.0, 0)) {
            return 1;
        }
        return week < 1 ? weeks(firstWeek(day.getYear() - 1.0, 0), today) : week;
    }

    private static double weekOfMonth(LocalDate day) {
        var today = today(day);
        var month = day.getMonthValue() - 1;
        var week = weeks(firstWeek(day.getYear(), month), today);
        if (week > 4 && today >= firstWeek(day.getYear(), month + 1.0)) {
            return 1;
        }
        return week < 1 ? weeks(firstWeek(day.getYear(), month - 1.0), today) : week;
    }

    private double yearOfWeek(LocalDate day) {
        if (millis < firstWeek(day.getYear(), 0)) {
            return day.getYear() - 1.0;
        }
        return millis >= firstWeek(day.getYear() + 1.0, 0) ? day.getYear() + 1.0 : day.getYear();
    }

    private double monthOfWeek(LocalDate day) {
        var month = day.getMonthValue() - 1;
        if (millis < firstWeek(day.getYear(), month)) {
            return month == 0 ? MONTHS : month;
        }
        return millis >= firstWeek(day.getYear(), month + 1.0)
                ? month == MONTHS - 1 ? 1 : month + 2.0
                : month + 1.0;
    }
}
