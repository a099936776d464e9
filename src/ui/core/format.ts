import { dateLanguage } from './appearance.ts';

interface Formats {
  relative: Intl.RelativeTimeFormat;
  thisYear: Intl.DateTimeFormat;
  otherYear: Intl.DateTimeFormat;
  exact: Intl.DateTimeFormat;
}

/** Making one costs more than a thousand uses; they are needed by every row of the list. */
const made = new Map<string | undefined, Formats>();

function formats(language: string | undefined): Formats {
  const known = made.get(language);
  if (known) return known;
  const day = { day: 'numeric', month: 'short' } as const;
  const fresh = {
    relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
    thisYear: new Intl.DateTimeFormat(language, day),
    otherYear: new Intl.DateTimeFormat(language, { ...day, year: 'numeric' }),
    exact: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
  };
  made.set(language, fresh);
  return fresh;
}

/** Of the dates that are shown, for `lang`: the rest of the page may be in another language. */
export const dateLang = (): string => formats(dateLanguage()).exact.resolvedOptions().locale;

/** Spans of time, ms. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "now", "5 minutes ago", "yesterday", "3 Mar", "3 Mar 2019". */
export function relativeDate(time: number, now: number, language = dateLanguage()): string {
  const { relative, thisYear, otherYear } = formats(language);
  const ago = now - time;
  if (ago < MINUTE && ago > -MINUTE) return relative.format(0, 'second');
  if (ago >= 0 && ago < HOUR) return relative.format(-Math.floor(ago / MINUTE), 'minute');
  if (ago >= 0 && ago < DAY) return relative.format(-Math.floor(ago / HOUR), 'hour');
  if (ago >= 0 && ago < 7 * DAY) return relative.format(-Math.floor(ago / DAY), 'day');
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  const same = date.getFullYear() === new Date(now).getFullYear();
  return (same ? thisYear : otherYear).format(date);
}

/** "3 Mar 2019". */
export const plainDate = (time: number, language = dateLanguage()): string =>
  formats(language).otherYear.format(time);

/** Date and time in words, in local time; '' for what is no date. @param time epoch ms */
export function exactDate(time: number, language = dateLanguage()): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : formats(language).exact.format(date);
}

/** "2026-03-09", of the day it is here. */
export function dayName(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** "60 MB", "1.5 KB": powers of 1,024, at most one digit behind the point. */
export function bytes(size: number): string {
  let value = size;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const rounded = value >= 10 || unit === 0 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${rounded} ${UNITS[unit]}`;
}
