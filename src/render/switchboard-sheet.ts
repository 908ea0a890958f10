import { audienceFinding } from '../contract/contract-findings.ts';
import type { PromptSpan } from '../contract/documents/schema-parts.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { weekdayOf } from '../kernel/time.ts';
import { spoken } from '../words/phrases.ts';
import { messages } from '../words/messages.ts';
import { figuresOf } from '../words/figures.ts';
import { speak } from '../words/speak.ts';
import { csvOf } from './csv.ts';

/** Spans in the order in which they are switched on. */
export const inOrderOfTime = (spans: readonly PromptSpan[]): PromptSpan[] =>
  spans.toSorted((a, b) =>
    `${a.date} ${a.from} ${a.queue}`.localeCompare(`${b.date} ${b.from} ${b.queue}`, 'en'),
  );

/**
 * Spans of a document as the switchboard's sheet, in order of time: when to play what to whom, with names for the
 * people and keys for the machine. CSV (RFC 4180) with a byte-order mark, for spreadsheets. `queueNames` are in
 * `language`; a queue that has none is named by its key.
 */
export const sheetOfSpans = (
  spans: readonly PromptSpan[],
  queueNames: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const rows = inOrderOfTime(spans).map((span) => [
    span.date,
    figuresOf(language).weekday(weekdayOf(span.date) + 1),
    span.from,
    span.to,
    queueNames.get(span.queue) ?? span.queue,
    span.queue,
    inLanguage(span.name, language),
    span.prompt,
    speak(language, 'terminal').say(audienceFinding(span.waitAboveSeconds)),
    String(span.announcementSeconds ?? ''),
    span.announcement['zh-CN'],
    span.announcement.en,
  ]);
  return csvOf([spoken(messages('report-sheet'), language).heads, ...rows]);
};
