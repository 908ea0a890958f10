import type { StoredDiaryNote } from '../contract/documents/audit-document.ts';
import type { Language } from '../kernel/text.ts';
import { actorKindWords } from '../words/audit.ts';
import { diaryHeads, diaryKindWords, diaryUseWords } from '../words/diary.ts';
import { headed } from './table.ts';
import { terminalRows } from './terminal-table.ts';

/** What people noted of days, for the terminal. */
export const diaryText = (notes: readonly StoredDiaryNote[], language: Language): string =>
  terminalRows(
    language,
    notes,
    headed<StoredDiaryNote>(diaryHeads[language], [
      ['number:0', ({ id }) => id],
      ['date', ({ date }) => date],
      ['text', ({ kind }) => diaryKindWords[kind][language]],
      ['text', ({ text }) => text],
      ['text', ({ event }) => (event ? diaryUseWords.used[language] : '')],
      ['text', ({ by }) => (by === '' ? actorKindWords.local[language] : by)],
    ]),
  );
