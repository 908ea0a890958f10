import type { PromptSpan } from '../contract/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { csvLine } from '../report/report-file.ts';

const headings: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': ['日期', '开始', '结束', '队列', '提示', '播放内容(中文)', '播放内容(英文)'],
  en: ['date', 'from', 'to', 'queue', 'prompt', 'announcement (Chinese)', 'announcement (English)'],
};

/**
 * When which prompt plays, as CSV to hand to whoever runs the switchboard: one line per prompt and span, in
 * order of time. UTF-8 with a byte-order mark, so that spreadsheets read the Chinese.
 */
export const switchboardSheet = (prompts: readonly PromptSpan[], language: Language): string => {
  const rows = [...prompts]
    .sort(
      (a, b) =>
        a.date.localeCompare(b.date) || a.from.localeCompare(b.from) || a.queue.localeCompare(b.queue),
    )
    .map(({ date, from, to, queue, name, announcement }) => [
      date,
      from,
      to,
      queue,
      name[language],
      announcement['zh-CN'],
      announcement.en,
    ]);
  return `\uFEFF${[headings[language], ...rows].map((row) => csvLine(row)).join('\r\n')}\r\n`;
};
