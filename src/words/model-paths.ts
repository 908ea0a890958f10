import type { ModelName } from '../contract/http/model-name.ts';
import type { Language } from '../kernel/text.ts';
import { earlierModelWords } from './audit.ts';
import { modelFieldWords } from './page/model-fields.ts';
import { modelPartWords } from './page/model-parts.ts';
import { ruleFieldWords } from './page/rule-fields.ts';
import type { Label } from './sentences.ts';

const names: Readonly<Record<string, Label>> = { ...modelPartWords, ...modelFieldWords, ...ruleFieldWords };

/** What people call an entry of a model, by a key of its own; undefined where the model has no name for it. */
const entryName = (key: string, model: unknown, language: Language): string | undefined => {
  if (typeof model !== 'object' || model === null) return undefined;
  const { name, ...fields } = model as { readonly name?: unknown };
  const isIt = Object.values(fields).includes(key);
  const called =
    typeof name === 'object' && name !== null ? (name as Record<string, unknown>)[language] : name;
  if (isIt && typeof called === 'string' && called !== '') return called;
  for (const part of Object.values(model)) {
    const found = entryName(key, part, language);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Where something stands in a model, by the names that its form has for the fields and the model for its entries. */
export const modelPathText = (path: readonly string[], language: Language, model: unknown): string =>
  path
    .map((name, i) => {
      const within = path[i - 1] ?? '';
      const field = (names[`part-of.${within}.${name}`] ?? names[`part-of.${name}`])?.[language];
      return field ?? entryName(name, model, language) ?? name;
    })
    .join(' › ');

const longest = 60;

/** A value of a model on one line. */
export const modelValueText = (value: unknown, language: Language): string => {
  if (value === undefined) return earlierModelWords.absent[language];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
};

/** What people call each of the settings. */
export const modelTitles = {
  hotline: { 'zh-CN': '热线', en: 'Hotline' },
  targets: { 'zh-CN': '目标', en: 'Targets' },
  tiers: { 'zh-CN': '座席等级', en: 'Tiers' },
  shifts: { 'zh-CN': '班次', en: 'Shifts' },
  prompts: { 'zh-CN': '提示目录', en: 'Prompt catalogue' },
  levers: { 'zh-CN': '各项措施与单价', en: 'Levers and their costs' },
  scorecard: { 'zh-CN': '评分表', en: 'Scorecard' },
  labourRules: { 'zh-CN': '用工规则', en: 'Labour rules' },
  calendar: { 'zh-CN': '日历中的例外日', en: 'Days of the calendar' },
  monitor: { 'zh-CN': '监测方', en: 'Monitor' },
} as const satisfies Readonly<Record<ModelName, Label>>;
