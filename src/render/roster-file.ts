import type { RosterChange, RosterDocument } from '../contract/documents/roster-document.ts';
import type { Language } from '../kernel/text.ts';
import { speak } from '../words/speak.ts';
import { spoken } from '../words/phrases.ts';
import { rosterWords } from '../words/terminal/roster.ts';
import { csvOf } from './csv.ts';
import { rosterCalendar } from './roster-calendar.ts';
import { feishuShifts, weComSchedules } from './roster-messengers.ts';
import { rosterHtml } from './roster-html.ts';
import { brokenTable, coverTable, dutyTable, wallTable } from './roster-tables.ts';
import { headingOf, legendOf } from './roster-text.ts';
import { workbookOf, type CoverSheet } from './workbook.ts';
import { reportWords } from './words.ts';

export const rosterFormats = ['xlsx', 'csv', 'ics', 'html', 'wecom', 'feishu'] as const;
export type RosterFormat = (typeof rosterFormats)[number];

/**
 * A roster as a file: a workbook (duties row by row, which ingest takes in again, the wall sheet, cover and rules),
 * the duties as CSV, a calendar, the wall sheet to print, or what messengers' attendance takes. `changes` are those of
 * the roster since it was made: who gave a day up finds it cancelled in the calendar.
 */
export const rosterFile = async (
  roster: RosterDocument,
  format: RosterFormat,
  language: Language,
  changes: readonly RosterChange[],
): Promise<Uint8Array> => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case 'xlsx':
      return workbookOf(
        coverOf(roster, language),
        [
          dutyTable(roster, language),
          wallTable(roster, language, 'times'),
          coverTable(roster, language),
          brokenTable(roster.broken, language),
        ],
        reportWords(language),
        language,
      );
    case 'csv': {
      const { columns, rows } = dutyTable(roster, language);
      // what stands in a duty's row is text or nothing
      const lines = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : null)));
      return bytes(csvOf([columns.map(({ heading }) => heading), ...lines]));
    }
    case 'ics':
      return bytes(rosterCalendar(roster, language, changes));
    case 'wecom':
      return bytes(`${JSON.stringify(weComSchedules(roster), null, 1)}\n`);
    case 'feishu':
      return bytes(`${JSON.stringify(feishuShifts(roster), null, 1)}\n`);
    default:
      return bytes(rosterHtml(roster, language));
  }
};

/** The first sheet: what roster it is, its letters, and what has to be known of it. */
const coverOf = (roster: RosterDocument, language: Language): CoverSheet => {
  const words = spoken(rosterWords, language);
  const { say } = speak(language, 'terminal');
  return {
    name: words.about,
    title: `${words.sheet} ${roster.from} – ${roster.to}`,
    parts: [
      { lines: [headingOf(roster, language), legendOf(roster, language)] },
      { lines: roster.notices.map(say) },
    ],
  };
};
