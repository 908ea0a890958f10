import { spoken } from '../../words/phrases.ts';
import { ingestWords } from '../../words/terminal.ts';
import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import type { DurationUnit } from '../../contract/duration-units.ts';
import type { Language, Text } from '../../kernel/text.ts';
import { speak } from '../../words/speak.ts';
import { terminalRows } from '../terminal-table.ts';
import { problemLines } from './paragraphs.ts';

/** What an ingest did: files with their counts, what was stored, gaps, and what to look at. */
export const ingestText = (document: IngestDocument, language: Language): string => {
  const words = spoken(ingestWords, language);
  const { list } = speak(language, 'terminal');
  const { stored, firstDate, lastDate, queues, gaps, problems, dryRun } = document;
  const files = terminalRows(language, document.files, [
    [words.file, 'text', ({ file }) => file],
    [words.encoding, 'text', ({ encoding }) => encoding],
    [words.rows, 'number:0', ({ rows }) => rows],
    [words.accepted, 'number:0', ({ accepted }) => accepted],
    [words.rejected, 'number:0', ({ rejected }) => rejected],
    [words.duplicates, 'number:0', ({ duplicates }) => duplicates],
    [words.dropped, 'number:0', ({ dropped }) => dropped],
  ]);
  const counts = words.stored({ added: stored.added, changed: stored.changed, unchanged: stored.unchanged });
  const lines = [dryRun ? words.dryRun : counts];
  const strangers = strangersIn(document);
  if (strangers.rows > 0) lines.push(words.strangers(strangers));
  if (firstDate !== null) lines.push(words.dates({ dates: `${firstDate} – ${lastDate ?? ''}` }));
  if (queues.length > 0) lines.push(words.queues({ queues: list(queues) }));
  if (document.units.length > 0)
    lines.push(
      words.durations({
        durations: list(document.units.map(({ column, unit }) => `${column} (${unitNames[unit][language]})`)),
      }),
    );
  for (const figures of document.measured.slice(0, shownQueues)) lines.push(words.measured(figures));
  for (const gap of gaps.slice(0, shownGaps))
    lines.push(
      words.gap({
        queue: gap.queue,
        from: wall(gap.from),
        to: wall(gap.to),
        intervals: gap.intervals,
        taken: gap.taken,
      }),
    );
  if (gaps.length > shownGaps) lines.push(words.andMore({ more: gaps.length - shownGaps }));
  lines.push(...problemLines(problems, language));
  return `${files}\n\n${lines.join('\n')}`;
};

/** Rows that name people whom nobody knows, and these: they are stored and count for nobody. */
export const strangersIn = ({
  problems,
}: Pick<IngestDocument, 'problems'>): {
  readonly rows: number;
  readonly names: readonly string[];
  readonly more: number;
} => {
  const own = problems.filter(({ rule }) => rule === 'operator-not-on-books');
  const names = [...new Set(own.flatMap(({ value }) => value ?? []))];
  return {
    rows: own.reduce((sum, { rows = 1, unlisted = rows }) => sum + unlisted, 0),
    names: names.slice(0, shownPeople),
    more: Math.max(0, names.length - shownPeople),
  };
};

/** People who are named one by one. */
const shownPeople = 12;

const unitNames: Readonly<Record<DurationUnit, Text>> = {
  seconds: ingestWords.readAsSeconds,
  minutes: ingestWords.readAsMinutes,
  hours: ingestWords.readAsHours,
  days: ingestWords.readAsDays,
  milliseconds: ingestWords.readAsMilliseconds,
  clock: ingestWords.readAsClock,
  'clock-hours': ingestWords.readAsClockHours,
};

/** Queues whose figures are listed one by one. */
const shownQueues = 20;

/** Gaps listed one by one; a file with holes everywhere would bury the rest. */
const shownGaps = 20;

/** 2026-11-23T08:00:00 as people write it. */
const wall = (time: string): string => time.slice(0, 16).replace('T', ' ');
