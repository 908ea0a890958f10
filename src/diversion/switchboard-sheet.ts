import { audienceTold } from '../contract/documents/audience-told.ts';
import type { PromptSpan } from '../contract/documents/prompt-span.ts';
import { sheetCell } from '../kernel/csv-cell.ts';
import type { Horizon } from '../kernel/hotline.ts';
import type { Language, Text } from '../kernel/text.ts';
import { wallClockOf } from '../kernel/time.ts';
import type { PromptSpanChoice } from './prompt-spans.ts';

/** One instruction to the switchboard: play this to that queue from then until then. */
export interface SwitchboardRow {
  readonly prompt: string;
  readonly queue: string;
  readonly date: string;
  /** Local clock times; `to` is 24:00 at midnight. */
  readonly from: string;
  readonly to: string;
  readonly announcement: Text;
  readonly seconds: number;
  /** Only callers whose estimated wait is above this hear it; 0: everyone. */
  readonly waitAboveSeconds: number;
}

/** The chosen spans as instructions, in time order: what is handed to the switchboard. */
export const switchboardSheet = (spans: readonly PromptSpanChoice[], horizon: Horizon): SwitchboardRow[] => {
  const clockOf = (interval: number): string =>
    wallClockOf(horizon.startMillis + interval * horizon.intervalMinutes * 60_000, horizon.zone);
  return spans
    .toSorted((a, b) => a.from - b.from)
    .map((span) => {
      const start = clockOf(span.from);
      const end = clockOf(span.to);
      return {
        prompt: span.prompt,
        queue: span.queue,
        date: start.slice(0, 10),
        from: start.slice(11, 16),
        to: end.slice(0, 10) === start.slice(0, 10) ? end.slice(11, 16) : '24:00',
        announcement: span.announcement,
        seconds: span.announcementSeconds,
        waitAboveSeconds: span.waitAboveSeconds,
      };
    });
};

const headings: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': ['提示', '队列', '日期', '开始', '结束', '播放对象', '播放内容', '秒数'],
  en: ['prompt', 'queue', 'date', 'from', 'to', 'played to', 'announcement', 'seconds'],
};

/** The sheet as CSV (RFC 4180) with headings and announcements in one language. */
export const switchboardCsv = (rows: readonly SwitchboardRow[], language: Language): string =>
  [
    headings[language].join(','),
    ...rows.map((row) =>
      [
        row.prompt,
        row.queue,
        row.date,
        row.from,
        row.to,
        audienceTold(row.waitAboveSeconds)[language],
        row.announcement[language],
        row.seconds,
      ]
        .map((value) => sheetCell(String(value)))
        .join(','),
    ),
    '',
  ].join('\r\n');

const spanHeadings: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': ['日期', '开始', '结束', '队列', '提示', '播放对象', '播放内容（中文）', '播放内容（英文）'],
  en: [
    'date',
    'from',
    'to',
    'queue',
    'prompt',
    'played to',
    'announcement (Chinese)',
    'announcement (English)',
  ],
};

/** Spans of a document as the switchboard's sheet, in time order: CSV with a byte-order mark, for spreadsheets. */
export const sheetOfSpans = (spans: readonly PromptSpan[], language: Language): string => {
  const rows = spans
    .toSorted((a, b) => `${a.date} ${a.from} ${a.queue}`.localeCompare(`${b.date} ${b.from} ${b.queue}`))
    .map((span) => [
      span.date,
      span.from,
      span.to,
      span.queue,
      span.name[language],
      audienceTold(span.waitAboveSeconds)[language],
      span.announcement['zh-CN'],
      span.announcement.en,
    ]);
  return `\uFEFF${[spanHeadings[language], ...rows, []].map((row) => row.map(sheetCell).join(',')).join('\r\n')}`;
};
