import type { AuditEntry, AuditSide } from '../contract/documents/audit-document.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { modelPathText, modelTitles } from '../words/model-paths.ts';
import type { Label } from '../words/sentences.ts';
import { messages } from '../words/messages.ts';

const { sideSeparator } = messages('audit');

const auditPeopleWords = messages('audit-people');

/** Names of a machine's own accounts: nobody goes by them. */
const nobodys: readonly string[] = ['root', 'administrator', 'admin', 'system', 'node', 'user'];

/** Who did it: by name, or that it was somebody at this machine, who has not said. */
export const actorText = ({ kind, name }: AuditEntry['actor'], language: Language): string =>
  name === '' || (kind === 'local' && nobodys.includes(name.toLowerCase()))
    ? messages('actor-kind')[kind][language]
    : name;

const wordsIn = (table: Readonly<Record<string, Label>>, key: string, language: Language): string =>
  table[key]?.[language] ?? key;

/** What was changed, by the name that it has in words: a kind of records, a model, somebody; others go by their own. */
export const subjectText = (
  { action, subject, name, before, after }: AuditEntry,
  language: Language,
): string => {
  if (action === 'people-changed') {
    if (subject === '') return auditPeopleWords.everybody[language];
    const isToken = 'token' in (before ?? after ?? {});
    return isToken ? auditPeopleWords.token[language]({ name: name ?? subject }) : (name ?? subject);
  }
  if (action === 'records-written' || action === 'made-up-replaced')
    return wordsIn(messages('template-titles'), subject, language);
  if (action === 'event-changed')
    return [(after ?? before)?.['name'] ?? '', subject].filter((part) => part !== '').join(' ');
  // Its id says nothing to people: a roster goes by the day that it begins on.
  const from = /^roster-(\d{4}-\d\d-\d\d)-/.exec(subject)?.[1];
  if (from !== undefined) return auditPeopleWords.roster[language]({ from: figuresOf(language).day(from) });
  return action === 'models-changed' ? wordsIn(modelTitles, subject, language) : subject;
};

/** Yes and no, and that a password is another one. */
const auditValueWords: Readonly<Record<string, Label>> = messages('audit-value');

const valueText = (key: string, value: unknown, language: Language): string => {
  if (key === 'state') return wordsIn(messages('plan-state'), String(value), language);
  if (key === 'role' || key === 'scope') return wordsIn(messages('terminal-role'), String(value), language);
  if (typeof value === 'number') return figuresOf(language).decimal(value, Number.isInteger(value) ? 0 : 2);
  return wordsIn(auditValueWords, String(value), language);
};

const sessionsText = (sessions: number, language: Language): string =>
  sessions === 1 ? auditPeopleWords.session[language] : auditPeopleWords.sessions[language]({ n: sessions });

/** Names of the figures that stand before and after; one without a name here stands as it is. */
const auditSideWords: Readonly<Record<string, Label>> = messages('audit-side');

/** What a figure of a side is called: a setting's field by the names that its form has. */
const keyText = (key: string, language: Language, model: unknown): string =>
  key.startsWith('/')
    ? modelPathText(key.slice(1).split('/'), language, model)
    : (auditSideWords[key]?.[language] ?? key);

/** What was before or is after, in one line; what is not there is left out. Entries of the model go by its names. */
export const sideText = (side: AuditSide, language: Language, model?: unknown): string => {
  const entries = Object.entries(side ?? {});
  // A token is what the entry is about, and a version is named by the fields that changed: their ids say nothing to people.
  const hasFields = entries.some(([key]) => key.startsWith('/'));
  return entries
    .filter(([key, value]) => value !== null && key !== 'token' && !(hasFields && key === 'version'))
    .map(([key, value]) =>
      key === 'sessions'
        ? sessionsText(Number(value), language)
        : `${keyText(key, language, model)} ${valueText(key, value, language)}`,
    )
    .join(sideSeparator[language]);
};
