import type { Language } from '../kernel/text.ts';

/**
 * Chinese of what a question is asked about. English reads the words as they stand; a place inside a JSON document
 * (`queues.2.priority`), an option (`--queue`) and the name of a setting stay as they have to be written.
 */
const chinese: ReadonlyMap<string, string> = new Map(
  Object.entries({
    traffic: '话务',
    period: '时期',
    week: '周次',
    queue: '队列',
    hotline: '热线',
    tier: '座席等级',
    plan: '计划',
    roster: '在岗座席',
    at: '时段',
    'as-of': '已知截至',
    date: '日期',
    from: '起始',
    to: '结束',
    days: '天数',
    origin: '起点',
    origins: '起点',
    'gap-days': '间隔天数',
    'horizon-days': '计分天数',
    factor: '倍数',
    calls: '来电',
    reason: '理由',
    author: '修改人',
    effect: '得分',
    map: '映射文件',
    model: '模型',
    '(document)': '整个文档',
  }),
);

/** What languages call places, and how they name what stands beside one; a place without a name stands as it is. */
const placesIn: Readonly<
  Record<Language, { readonly names: ReadonlyMap<string, string>; readonly beside: (name: string) => string }>
> = {
  'zh-CN': { names: chinese, beside: (name) => `（${name}）` },
  en: { names: new Map(), beside: (name) => ` (${name})` },
};

/** How the place of a problem is called, which may name a queue beside it: 'origins (general)' → '起点（general）'. */
export const placeName = (path: string, language: Language): string => {
  const { names, beside } = placesIn[language];
  const [, key = path, other] = /^([\w-]+) \((.*)\)$/.exec(path) ?? [];
  const name = names.get(key);
  if (name === undefined) return path;
  return other === undefined ? name : `${name}${beside(other)}`;
};
