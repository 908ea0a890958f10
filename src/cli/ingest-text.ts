import type { IngestDocument } from '../contract/documents/ingest-document.ts';
import type { DurationUnit } from '../contract/duration-units.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { textTable } from '../report/text-table.ts';
import { problemLines } from './problem-lines.ts';

/** What an ingest did: files with their counts, what was stored, gaps, and what to look at. */
export const ingestText = (document: IngestDocument, language: Language): string => {
  const english = language === 'en';
  const colon = english ? ': ' : '：';
  const { stored, firstDate, lastDate, queues, gaps, problems, dryRun } = document;
  const files = textTable(
    english
      ? ['file', 'encoding', 'rows', 'accepted', 'rejected', 'duplicates', 'dropped']
      : ['文件', '编码', '行数', '接受', '拒绝', '重复', '略去'],
    document.files.map((f) => [
      f.file,
      f.encoding,
      ...[f.rows, f.accepted, f.rejected, f.duplicates, f.dropped].map(String),
    ]),
  );
  const counts = english
    ? `Stored: ${stored.added} added, ${stored.changed} changed, ${stored.unchanged} as they were`
    : `已写入：新增 ${stored.added}，更改 ${stored.changed}，不变 ${stored.unchanged}`;
  const lines = [dryRun ? (english ? 'Dry run: nothing was stored' : '试读：未写入任何内容') : counts];
  if (firstDate !== null) lines.push(`${english ? 'Dates' : '日期'}${colon}${firstDate} – ${lastDate ?? ''}`);
  if (queues.length > 0)
    lines.push(`${english ? 'Queues' : '队列'}${colon}${queues.join(english ? ', ' : '、')}`);
  if (document.units.length > 0)
    lines.push(
      `${english ? 'Durations' : '时长'}${colon}${document.units
        .map(({ column, unit }) => `${column} (${unitNames[unit][language]})`)
        .join(english ? ', ' : '、')}`,
    );
  for (const gap of gaps.slice(0, shownGaps))
    lines.push(
      english
        ? `${gap.queue}: no rows from ${wall(gap.from)} to ${wall(gap.to)} (${gap.intervals} intervals), taken as ${gap.taken}`
        : `${gap.queue}：${wall(gap.from)} 至 ${wall(gap.to)} 没有数据（${gap.intervals} 个时段），按${gap.taken === 'zero' ? '零来电' : '缺失'}处理`,
    );
  if (gaps.length > shownGaps)
    lines.push(english ? `… and ${gaps.length - shownGaps} more` : `……另有 ${gaps.length - shownGaps} 处`);
  lines.push(...problemLines(problems, language));
  return `${files}\n\n${lines.join('\n')}`;
};

const unitNames: Readonly<Record<DurationUnit, Text>> = {
  seconds: text('按秒读', 'read as seconds'),
  minutes: text('按分钟读', 'read as minutes'),
  hours: text('按小时读', 'read as hours'),
  milliseconds: text('按毫秒读', 'read as milliseconds'),
  clock: text('按时分秒读（1:02:03）', 'read as h:mm:ss'),
  'clock-hours': text('按时分读（8:30）', 'read as h:mm'),
};

/** Gaps told one by one; a file with holes everywhere would bury the rest. */
const shownGaps = 20;

/** 2026-11-23T08:00:00 as people write it. */
const wall = (time: string): string => time.slice(0, 16).replace('T', ' ');
