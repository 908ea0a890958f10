import type { TiersModel } from '../contract/models/tiers-model.ts';
import { text, type Text } from '../kernel/text.ts';
import type { PeopleRule } from './people-limits.ts';

type Tier = TiersModel['tiers'][number];

/** The rules of the people on the books, all tiers in one sentence; tiers without people on record in another. */
export const sayPeople = (tiers: readonly Tier[], rules: readonly (readonly PeopleRule[])[]): Text[] => {
  const limited = tiers.flatMap(({ name }, i) => {
    const own = rules[i] ?? [];
    const says = (language: 'zh-CN' | 'en', mark: string): string =>
      own.map((rule) => rule.says[language]).join(mark);
    return own.length === 0
      ? []
      : [{ zh: `${name['zh-CN']} ${says('zh-CN', '、')}`, en: `${name.en} ${says('en', ', ')}` }];
  });
  const free = tiers.filter((_, i) => (rules[i] ?? []).length === 0).map(({ name }) => name);
  return [
    ...(limited.length === 0
      ? []
      : [
          text(
            `班次不得超出在册人员（每人每天至多一个班、每七天至少休一天，付薪工时不超过合同）：${limited.map(({ zh }) => zh).join('；')}。`,
            `Shifts keep within the people on the books (one shift a day each, a day off in seven, paid hours as in their contracts): ${limited.map(({ en }) => en).join('; ')}.`,
          ),
        ]),
    ...(free.length === 0
      ? []
      : [
          text(
            `没有在册人员的记录，班次数不受人数限制：${free.map((name) => name['zh-CN']).join('、')}。`,
            `No operators are on record, so shifts are not limited by people: ${free.map((name) => name.en).join(', ')}.`,
          ),
        ]),
  ];
};
