import type { EarlierModel } from '../contract/documents/audit-document.ts';
import { changesBetween } from '../kernel/merge-edits.ts';
import type { Language } from '../kernel/text.ts';
import { actorKindWords } from '../words/audit.ts';
import { earlierModelHeads, earlierModelWords } from '../words/earlier-models.ts';
import { modelPathText, modelValueText } from '../words/model-paths.ts';
import { modelTitles } from '../words/model-titles.ts';
import { fill } from '../words/fill.ts';
import { headed } from './table.ts';
import { terminalRows } from './terminal-table.ts';

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
    fill(earlierModelWords.change[language], {
      where: modelPathText(path, language, [now, version.document]),
      now: modelValueText(before, language),
      was: modelValueText(after, language),
    }),
  );
  const more = changes.length - told.length;
  return [...told, ...(more > 0 ? [fill(earlierModelWords.more[language], { n: more })] : [])].join(
    earlierModelWords.between[language],
  );
};

/** Earlier versions of the settings, for the terminal. */
export const earlierModelsText = (shown: readonly Shown[], language: Language): string =>
  terminalRows(
    language,
    shown,
    headed<Shown>(earlierModelHeads[language], [
      ['number:0', ({ version }) => version.id],
      ['text', ({ version }) => modelTitles[version.model][language]],
      ['text', ({ version }) => version.until],
      ['text', ({ version: { by } }) => (by === '' ? actorKindWords.local[language] : by)],
      ['text', (each) => differencesText(each, language)],
    ]),
  );
