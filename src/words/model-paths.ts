import type { Language } from '../kernel/text.ts';
import { earlierModelWords } from './earlier-models.ts';
import { modelFieldWords } from './page/model-fields.ts';
import { modelPartWords } from './page/model-parts.ts';
import { ruleFieldWords } from './page/rule-fields.ts';
import type { Label } from './sentences.ts';

const names: Readonly<Record<string, Label>> = { ...modelPartWords, ...modelFieldWords, ...ruleFieldWords };

/** Where something stands in a model, by the names that its form has for the fields. */
export const modelPathText = (path: readonly string[], language: Language): string =>
  path
    .map((name, i) => {
      const within = path[i - 1] ?? '';
      return (names[`part-of.${within}.${name}`] ?? names[`part-of.${name}`])?.[language] ?? name;
    })
    .join(' › ');

const longest = 60;

/** A value of a model on one line. */
export const modelValueText = (value: unknown, language: Language): string => {
  if (value === undefined) return earlierModelWords.absent[language];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
};
