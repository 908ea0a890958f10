import type { Duty, RosterChange, RosterDocument } from '../contract/documents/roster-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { instantsOfWallClock, addDays } from '../kernel/time.ts';

/** Longest line of an iCalendar file, in bytes (RFC 5545, 3.1). */
const longestLine = 75;

/**
 * Duties as an iCalendar (RFC 5545): an event a duty, with a UID that stays with person and day, and a SEQUENCE that
 * rises with every change of the roster. Times are instants, so that no calendar needs the zone's rules.
 */
export const rosterCalendar = (
  roster: RosterDocument,
  language: Language,
  changes: readonly RosterChange[],
  operator?: string,
): string => {
  const own = roster.duties.filter((duty) => operator === undefined || duty.operator === operator);
  const stamp = stampOf(Date.parse(roster.createdAt));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huawu//Roster//EN',
    'CALSCALE:GREGORIAN',
    ...own.flatMap((duty) => eventOf(roster, duty, language, stamp, changes.length)),
    ...goneOf(roster, changes, operator).flatMap((place) => cancelled(place, stamp, changes.length)),
    'END:VCALENDAR',
    '',
  ];
  return lines.map(folded).join('\r\n');
};

type Place = Pick<Duty, 'operator' | 'date'>;

/** Days that somebody gave up since the roster was made, and has off. */
const goneOf = (
  { duties }: RosterDocument,
  changes: readonly RosterChange[],
  operator: string | undefined,
): Place[] => {
  const kept = new Set(duties.map((duty) => `${duty.operator} ${duty.date}`));
  const gone = changes
    .flatMap(({ moves }) => moves)
    .filter((move) => move.before !== 'off' && (operator === undefined || move.operator === operator));
  return [...new Map(gone.map((move) => [`${move.operator} ${move.date}`, move])).entries()].flatMap(
    ([key, move]) => (kept.has(key) ? [] : [move]),
  );
};

const cancelled = ({ operator, date }: Place, stamp: string, sequence: number): string[] => [
  'BEGIN:VEVENT',
  uidOf({ operator, date }),
  `DTSTAMP:${stamp}`,
  `SEQUENCE:${sequence}`,
  `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`,
  `SUMMARY:${escaped(operator)}`,
  'STATUS:CANCELLED',
  'END:VEVENT',
];

const uidOf = ({ operator, date }: Place): string => `UID:${encodeURIComponent(operator)}-${date}@huawu`;

const eventOf = (
  { hotline, shifts, tiers }: RosterDocument,
  duty: Duty,
  language: Language,
  stamp: string,
  sequence: number,
): string[] => {
  const shift = shifts.find((one) => one.shift === duty.shift);
  const tier = tiers.find((one) => one.tier === duty.tier);
  const endDate = duty.end <= duty.start ? addDays(duty.date, 1) : duty.date;
  const name = shift === undefined ? duty.shift : inLanguage(shift.name, language);
  return [
    'BEGIN:VEVENT',
    uidOf(duty),
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${instantOf(duty.date, duty.start, hotline.zone)}`,
    `DTEND:${instantOf(endDate, duty.end, hotline.zone)}`,
    `SUMMARY:${escaped(`${name} ${duty.operator}`)}`,
    `DESCRIPTION:${escaped(tier === undefined ? duty.tier : inLanguage(tier.name, language))}`,
    'STATUS:CONFIRMED',
    'END:VEVENT',
  ];
};

const instantOf = (date: string, clock: string, zone: string): string =>
  stampOf(instantsOfWallClock(`${date}T${clock === '24:00' ? '23:59' : clock}`, zone)[0] ?? Date.parse(date));

const stampOf = (millis: number): string => new Date(millis).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll('\n', '\\n');

/** Lines break where they are too long, by bytes and never within a character. */
const folded = (line: string): string => {
  let out = '';
  let bytes = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (bytes + size > longestLine) {
      out += '\r\n ';
      bytes = 1;
    }
    out += character;
    bytes += size;
  }
  return out;
};
