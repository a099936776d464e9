/**
 * Dates as people type them after `before:` and `after:`. Pure. Each means the start of what it names, a
 * day, a week, a month or a year, in local time.
 */

/** What a date is understood by. */
export interface DateContext {
  /** Epoch milliseconds. */
  now: number;
  /** Whether 05/03 is a day in March. */
  dayFirst: boolean;
  /** First day of a week: 1 is Monday, 7 Sunday. */
  weekStart: number;
  /** Names of the months in the reader's language, January first; English ones are known. */
  months: readonly string[];
}

/** Words that one date may have: `3 weeks ago`, `5 May 2024`. */
export const MOST_DATE_WORDS = 3;

const MONTHS =
  'january february march april may june july august september october november december';
const ENGLISH_MONTHS = MONTHS.split(' ');
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
/** Shortest beginning of a month's or weekday's name. */
const LEAST_NAME = 3;

/** Start of a day; null for one that no calendar has. */
function startOf(year: number, month: number, day: number): number | null {
  const date = new Date(2000, 0, 1);
  // The constructor would take years below 100 for those of the last century.
  date.setFullYear(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

/** @returns epoch milliseconds; null for what is no date */
export function dateOf(typed: string, context: DateContext): number | null {
  const text = typed.trim().toLowerCase().replace(/,/g, ' ').replace(/\s+/g, ' ');
  return inNumbers(text, context) ?? byMonth(text, context) ?? fromToday(text, context);
}

function inNumbers(text: string, { dayFirst }: DateContext): number | null {
  const year = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?$/.exec(text);
  if (year) return startOf(Number(year[1]), Number(year[3] ?? 1), Number(year[4] ?? 1));
  const month = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (month) return startOf(Number(month[2]), Number(month[1]), 1);
  const day = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (!day) return null;
  const [first, second] = [Number(day[1]), Number(day[3])];
  const full = day[4]!.length === 2 ? 2000 + Number(day[4]) : Number(day[4]);
  // With dots it is always the day; and there is no thirteenth month.
  const isDayFirst = day[2] === '.' || first > 12 || (dayFirst && second <= 12);
  return isDayFirst ? startOf(full, second, first) : startOf(full, first, second);
}

function monthOf(name: string, months: readonly string[]): number | null {
  const word = name.replace(/\.$/, '');
  if (word.length < LEAST_NAME) return null;
  for (const names of [ENGLISH_MONTHS, months]) {
    const at = names.findIndex((month) => month.toLowerCase().startsWith(word));
    if (at >= 0) return at + 1;
  }
  return null;
}

/** `May 2024`, `5 May 2024`, `May 5 2024`; `May` is the last one that has begun. */
function byMonth(text: string, { now, months }: DateContext): number | null {
  const words = text.split(' ');
  if (words.length > 3) return null;
  const at = words.findIndex((word) => /^\p{L}/u.test(word));
  const month = at < 0 ? null : monthOf(words[at]!, months);
  if (month === null) return null;
  const rest = words.filter((_, i) => i !== at);
  const years = rest.filter((word) => /^\d{4}$/.test(word));
  const days = rest.filter((word) => /^\d{1,2}(?:st|nd|rd|th|\.)?$/.test(word));
  if (years.length > 1 || days.length > 1 || years.length + days.length < rest.length) return null;
  const day = Number.parseInt(days[0] ?? '1', 10);
  if (years[0]) return startOf(Number(years[0]), month, day);
  const year = new Date(now).getFullYear();
  const thisYear = startOf(year, month, day);
  return thisYear !== null && thisYear > now ? startOf(year - 1, month, day) : thisYear;
}

/** `today`, `last week`, `3 days ago`, `monday`. */
function fromToday(text: string, { now, weekStart }: DateContext): number | null {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  const back = (days: number): number => new Date(today).setDate(today.getDate() - days);
  const monthsBack = (months: number): number => {
    const date = new Date(today);
    const day = date.getDate();
    date.setDate(1);
    date.setMonth(date.getMonth() - months);
    // 31 March less a month is the end of February.
    const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
    return date.setDate(Math.min(day, last));
  };
  if (text === 'today') return back(0);
  if (text === 'yesterday') return back(1);
  const ago = /^(\d{1,4}|an?) (day|week|month|year)s?(?: ago)?$/.exec(text);
  if (ago) {
    const count = Number(ago[1]) || 1;
    if (ago[2] === 'day') return back(count);
    if (ago[2] === 'week') return back(7 * count);
    return monthsBack(ago[2] === 'year' ? 12 * count : count);
  }
  const period = /^(this|last) (week|month|year)$/.exec(text);
  if (period) {
    const earlier = period[1] === 'last' ? 1 : 0;
    const [year, month] = [today.getFullYear(), today.getMonth()];
    if (period[2] === 'year') return startOf(year - earlier, 1, 1);
    if (period[2] === 'month') return new Date(year, month - earlier, 1).getTime();
    return back(((today.getDay() - weekStart + 7) % 7) + 7 * earlier);
  }
  const name = text.replace(/^last /, '');
  const weekday = name.length < LEAST_NAME ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(name));
  // The last one, today left out.
  return weekday < 0 ? null : back(((today.getDay() - (weekday + 1) + 6) % 7) + 1);
}

let usual: Omit<DateContext, 'now'> | null = null;

/** As the reader's language has it. @param now epoch milliseconds */
export function dateContext(now: number): DateContext {
  usual ??= ofLanguage();
  return { ...usual, now };
}

function ofLanguage(): Omit<DateContext, 'now'> {
  const parts = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' }).formatToParts(0);
  const order = parts.map(({ type }) => type);
  const long = new Intl.DateTimeFormat(undefined, { month: 'long' });
  const locale = new Intl.Locale(long.resolvedOptions().locale) as Intl.Locale & {
    getWeekInfo?(): { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return {
    dayFirst: order.indexOf('day') < order.indexOf('month'),
    weekStart: (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1,
    months: Array.from({ length: 12 }, (_, month) => long.format(new Date(2024, month, 15))),
  };
}
