import type {
  AuditChain,
  AuditEntry,
  EarlierModel,
  StoredDiaryNote,
} from '../contract/documents/audit-document.ts';
import { changesBetween } from '../kernel/merge-edits.ts';
import type { Language } from '../kernel/text.ts';
import { messages } from '../words/messages.ts';
import { modelPathText, modelTitles, modelValueText } from '../words/model-paths.ts';
import { csvOf } from './csv.ts';
import type { RosterChange } from '../contract/documents/roster-document.ts';
import { movesText, type RosterNames } from './roster-text.ts';
import { headed } from './table.ts';
import { terminalRows } from './terminal-table.ts';
import { actorText, type KnownModels, subjectText, sideText } from './audit-table.ts';

const earlierModelWords = messages('earlier-model');

const auditStandingWords = messages('audit-standing');
const auditWords = messages('audit');
const actorKindWords = messages('actor-kind');

/** Differences that the terminal tells of one version. */
const mostTold = 3;

interface Shown {
  readonly version: EarlierModel;
  readonly now: unknown;
}

/** What bringing a version back would change. */
const differencesText = ({ version, now }: Shown, language: Language): string => {
  const changes = changesBetween(now, version.document);
  if (changes.length === 0) return earlierModelWords.same[language];
  const told = changes.slice(0, mostTold).map(({ path, before, after }) =>
    earlierModelWords.change[language]({
      where: modelPathText(path, language, [now, version.document]),
      now: modelValueText(before, language),
      was: modelValueText(after, language),
    }),
  );
  const more = changes.length - told.length;
  return [...told, ...(more > 0 ? [earlierModelWords.more[language]({ n: more })] : [])].join(
    earlierModelWords.between[language],
  );
};

/** Earlier versions of the settings, for the terminal. */
export const earlierModelsText = (shown: readonly Shown[], language: Language): string =>
  terminalRows(
    language,
    shown,
    headed<Shown>(auditWords.earlierModelHeads[language], [
      ['number:0', ({ version }) => version.id],
      ['text', ({ version }) => modelTitles[version.model][language]],
      ['text', ({ version }) => version.until],
      ['text', ({ version: { by } }) => (by === '' ? actorKindWords.local[language] : by)],
      ['text', (each) => differencesText(each, language)],
    ]),
  );

/** The log as a CSV. */
export const auditCsv = (
  entries: readonly AuditEntry[],
  language: Language,
  models: KnownModels,
  rosters: ChangedRosters = new Map(),
): string =>
  csvOf([auditHeadings(language), ...entries.map((entry) => auditCells(entry, language, models, rosters))]);

/** The log of changes for the terminal, and what it proves. */
export const auditText = (
  entries: readonly AuditEntry[],
  chain: AuditChain,
  language: Language,
  models: KnownModels,
  rosters: ChangedRosters = new Map(),
): string => {
  const rows = entries.map((entry) => auditCells(entry, language, models, rosters));
  const columns = headed<(typeof rows)[number]>(
    auditHeadings(language),
    auditHeadings(language).map((_, i) => [i === 0 ? 'number:0' : 'text', (row) => row[i] ?? '']),
  );
  const { broken, first, head } = chain;
  const standing = broken.length === 0 ? auditStandingWords.sound : auditStandingWords.broken;
  const text = standing[language]({
    entries: chain.entries,
    first,
    seal: head?.seal ?? '—',
    breaks: broken.length,
  });
  return entries.length === 0 ? text : `${terminalRows(language, rows, columns)}\n${text}`;
};

/** What people noted of days, for the terminal. */
export const diaryText = (notes: readonly StoredDiaryNote[], language: Language): string =>
  terminalRows(
    language,
    notes,
    headed<StoredDiaryNote>(auditWords.diaryHeads[language], [
      ['number:0', ({ id }) => id],
      ['date', ({ date }) => date],
      ['text', ({ kind }) => messages('diary-kind')[kind][language]],
      ['text', ({ text }) => text],
      ['text', ({ event }) => (event ? messages('diary-use').used[language] : '')],
      ['text', ({ by }) => (by === '' ? actorKindWords.local[language] : by)],
    ]),
  );

/** Headings and cells of the log, the same everywhere. */
const auditHeadings = (language: Language): string[] =>
  Object.values(messages('audit-heads')).map((head) => head[language]);

/** Rosters by id with what became of each: who works when, and why, is kept there; the log itself names nobody. */
export type ChangedRosters = ReadonlyMap<
  string,
  { readonly names: RosterNames; readonly changes: readonly Pick<RosterChange, 'moves' | 'why'>[] }
>;

const auditCells = (
  entry: AuditEntry,
  language: Language,
  models: KnownModels,
  rosters: ChangedRosters,
): (string | number)[] => {
  const roster = entry.action === 'roster-changed' ? rosters.get(entry.subject) : undefined;
  const change = roster?.changes[Number(entry.after?.['revision']) - 1];
  const [before, after] = [entry.before, entry.after].map((side) =>
    sideText(side, { language, action: entry.action, models }),
  );
  return [
    entry.number,
    entry.at,
    actorText(entry.actor, language),
    messages('audit-action')[entry.action][language],
    subjectText(entry, language, models),
    before ?? '',
    [
      after ?? '',
      ...(roster === undefined || change === undefined
        ? []
        : [
            movesText(change.moves, roster.names, language),
            change.why === '' ? '' : auditWords.why[language]({ why: change.why }),
          ]),
    ]
      .filter((part) => part !== '')
      .join('; '),
  ];
};
