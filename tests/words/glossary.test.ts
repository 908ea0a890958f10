import { describe, expect, test } from 'vitest';
import { type MessageNode, readCatalogues } from '../../scripts/message-values.ts';
import { languages } from '../../src/kernel/text.ts';

/** Words that the page once had, and what it says in their place. */
const instead: readonly (readonly [unwanted: RegExp, wanted: string])[] = [
  [/Make it again/, 'Plan again'],
  [/\b[Oo]verrul/, 'adjust'],
  [/\bRests on\b/, 'Based on'],
  [/Take it in/, 'Import'],
  [/Work it out/, 'Calculate'],
  [/lived through/, 'simulated'],
  [/could not all hold/, 'were relaxed'],
  [/\bfutures\b/, 'simulated forecasts'],
  [/^(?:needed|planned|seen)$|, needed|, planned|, seen\b/, 'required, scheduled, actual'],
  [/\u2019/, 'a straight apostrophe, which no font makes wide'],
  [/席时/, '工时'],
  [/八成把握|80% 范围/, '80% 区间'],
  [/算一算/, '计算'],
  [/为什么排不满/, '排班不足的原因'],
  [/此后多接/, '从此时起多接通'],
  [/实到/, '实际'],
  [/修正/, '调整'],
  [/坐席/, '座席'],
  [/掉档/, '降档'],
  [/可能性/, '概率'],
  [/名单/, '名册'],
  [/样本路径/, '模拟情景'],
  [/重复拨打/, '重拨'],
  [/列名行|标题行/, '表头'],
  [/超出偶然/, '超出抽样误差、超出随机波动'],
];

/** Keys whose words say something that has a better word. */
const found = (words: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] =>
  Object.entries(words).flatMap(([key, said]) =>
    languages.flatMap((language) =>
      instead.flatMap(([unwanted, wanted]) =>
        unwanted.test(said[language] ?? '') ? [`${key} (${language}): ${wanted}`] : [],
      ),
    ),
  );

/** Every message of the page by section and id, as the catalogues have it. */
const pageMessages: Readonly<Record<string, Readonly<Record<string, string>>>> = (() => {
  const catalogues = readCatalogues();
  const messages: Record<string, Record<string, string>> = {};
  for (const language of languages)
    for (const [section, node] of Object.entries(catalogues[language] ?? {}))
      if (section.startsWith('page-'))
        for (const [id, message] of Object.entries(node as Readonly<Record<string, MessageNode>>))
          (messages[`${section} ${id}`] ??= {})[language] = JSON.stringify(message);
  return messages;
})();

describe('one word for one thing', () => {
  test('the check finds what it looks for', () => {
    expect(found({ a: { 'zh-CN': '需 3 席时', en: 'Rests on data' } })).toEqual([
      'a (zh-CN): 工时',
      'a (en): Based on',
    ]);
  });

  test('the page keeps to the glossary', () => {
    expect(Object.keys(pageMessages).length).toBeGreaterThan(1500);
    expect(found(pageMessages)).toEqual([]);
  });
});
