import type { AuditAction, AuditEntry, AuditSide } from '../contract/documents/audit-document.ts';
import { isNobodys } from '../kernel/actor.ts';
import { recordKindNames, recordKinds } from '../kernel/records.ts';
import type { Language } from '../kernel/text.ts';
import { isPlainDate } from '../kernel/time.ts';
import { figuresOf } from '../words/figures.ts';
import { entryName, modelPathText, modelTitles } from '../words/model-paths.ts';
import type { Label } from '../words/sentences.ts';
import { messages } from '../words/messages.ts';

const { sideSeparator } = messages('audit');

const auditPeopleWords = messages('audit-people');

/** Who did it: by name, or that it was somebody at this machine, who has not said. */
export const actorText = ({ kind, name }: AuditEntry['actor'], language: Language): string =>
  name === '' || (kind === 'local' && isNobodys(name)) ? messages('actor-kind')[kind][language] : name;

const wordsIn = (table: Readonly<Record<string, Label>>, key: string, language: Language): string =>
  table[key]?.[language] ?? key;

/** What is known beside the log: the settings as they are and were, by which their own entries go by their names. */
export type KnownModels = unknown;

/** What was changed, by the name that it has in words: a kind of records, a model, somebody, a day; others go by their own. */
export const subjectText = (
  { action, subject, name, before, after }: AuditEntry,
  language: Language,
  models?: KnownModels,
): string => {
  const side = after ?? before ?? {};
  switch (action) {
    case 'people-changed':
      if (subject === '') return auditPeopleWords.everybody[language];
      return 'token' in (before ?? after ?? {})
        ? auditPeopleWords.token[language]({ name: name ?? subject })
        : (name ?? subject);
    case 'records-written':
    case 'made-up-replaced':
      return wordsIn(messages('template-titles'), subject, language);
    case 'records-mended':
      return [...new Set(subject.split(' ').map((table) => tableTitle(table)[language]))].join(
        sideSeparator[language],
      );
    case 'event-changed':
      return [side['name'] ?? '', subject].filter((part) => part !== '').join(' ');
    case 'diary-changed':
    case 'day-acted':
    case 'overrule-added':
    case 'overrule-removed': {
      // Their numbers say nothing to people: they go by their day, and what it is about.
      const { date, queue } = side;
      return [
        date,
        queue === undefined || queue === null ? '' : valueText('queue', queue, { language, models }),
      ]
        .filter((part) => part !== undefined && part !== null && part !== '')
        .join(' ');
    }
    case 'traffic-removed':
      return valueText('queue', subject, { language, models });
    case 'feed-changed':
      return subject === 'alarms' ? auditPeopleWords.alarms[language] : subject;
    case 'restored':
      return '';
    case 'models-changed':
      return wordsIn(modelTitles, subject, language);
    default: {
      // Its id says nothing to people: a roster goes by the day that it begins on.
      const from = /^roster-(\d{4}-\d\d-\d\d)-/.exec(subject)?.[1];
      return from === undefined
        ? subject
        : auditPeopleWords.roster[language]({ from: figuresOf(language).day(from) });
    }
  }
};

/** A table of the store whose rows were mended, by the records that it holds. */
const tableTitle = (table: string): Label => {
  const name = table.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const kind = recordKindNames.find((each) => recordKinds[each].table === name);
  return kind === undefined ? auditPeopleWords.documents : messages('template-titles')[kind];
};

/** Yes and no, that a password is another one, and the names of databases. */
const auditValueWords: Readonly<Record<string, Label>> = messages('audit-value');

interface About {
  readonly language: Language;
  readonly action?: AuditAction | undefined;
  readonly models?: KnownModels;
}

const kindWords: Readonly<Partial<Record<AuditAction, Readonly<Record<string, Label>>>>> = {
  'event-changed': messages('event-kind'),
  'diary-changed': messages('diary-kind'),
  'feed-changed': messages('feed-kind'),
  'day-acted': messages('audit-day-kind'),
};

const valueText = (key: string, value: unknown, { language, action, models }: About): string => {
  const text = String(value);
  const figures = figuresOf(language);
  switch (key) {
    case 'state':
      return wordsIn(messages('plan-state'), text, language);
    case 'role':
    case 'scope':
      return wordsIn(messages('terminal-role'), text, language);
    case 'step':
      return wordsIn(messages('day-step'), text, language);
    case 'kind':
      return wordsIn((action === undefined ? undefined : kindWords[action]) ?? {}, text, language);
    case 'effect':
    case 'factor':
      // A factor as it was typed: 1.2 is +20%.
      if (typeof value === 'number') {
        const change = key === 'factor' ? value - 1 : value;
        return `${change > 0 ? '+' : ''}${figures.percent(change, 0)}`;
      }
      break;
    case 'name':
      return text;
  }
  if (typeof value === 'number') return figures.decimal(value, Number.isInteger(value) ? 0 : 2);
  const isKey = key === 'queue' || (key.startsWith('/') && !isPlainDate(text));
  const own = isKey ? entryName(text, models, language) : undefined;
  return own ?? wordsIn(auditValueWords, text, language);
};

const sessionsText = (sessions: number, language: Language): string =>
  sessions === 1 ? auditPeopleWords.session[language] : auditPeopleWords.sessions[language]({ n: sessions });

/** Names of the figures that stand before and after; one without a name here stands as it is. */
const auditSideWords: Readonly<Record<string, Label>> = messages('audit-side');

/** What a figure of a side is called: a setting's field by the names that its form has. */
const keyText = (key: string, { language, models }: About): string =>
  key.startsWith('/')
    ? modelPathText(key.slice(1).split('/'), language, models)
    : (auditSideWords[key]?.[language] ?? key);

/** What was before or is after, in one line; what is not there is left out. Entries of the settings go by their names. */
export const sideText = (side: AuditSide, about: About): string => {
  const { language } = about;
  const entries = Object.entries(side ?? {});
  // A token is what the entry is about, and a version is named by the fields that changed: their ids say nothing to people.
  const hasFields = entries.some(([key]) => key.startsWith('/'));
  return entries
    .filter(([key, value]) => value !== null && key !== 'token' && !(hasFields && key === 'version'))
    .map(([key, value]) =>
      key === 'sessions'
        ? sessionsText(Number(value), language)
        : `${keyText(key, about)} ${valueText(key, value, about)}`,
    )
    .join(sideSeparator[language]);
};
