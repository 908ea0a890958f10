import type { RequirementDocument } from '../contract/documents/requirement-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent, whole } from '../report/format.ts';
import { textTable } from '../report/text-table.ts';
import { speak } from '../words/speak.ts';

const heads: Readonly<Record<Language, { readonly effects: string[]; readonly curve: string[] }>> = {
  'zh-CN': {
    effects: ['等级', '增减', '人数', '接通率', '时限内', '应答秒', '占用率', '放弃', '遇忙', '此后多接'],
    curve: ['每时段须达', '席时', '与本计划需求之差', '可达'],
  },
  en: {
    effects: [
      'tier',
      'change',
      'there',
      'connection',
      'in threshold',
      'ASA, s',
      'occupancy',
      'abandoned',
      'blocked',
      'answered more',
    ],
    curve: ['every interval', 'operator-hours', 'against the plan', 'in reach'],
  },
};

const signed = (value: number, digits = 0): string => {
  const shown = value.toFixed(digits);
  return value > 0 && Number(shown) !== 0 ? `+${shown}` : shown.replace(/^-(0(?:\.0+)?)$/, '$1');
};

/** One operator more or less, tier by tier, and what rates cost. */
export const requirementText = (document: RequirementDocument, language: Language): string => {
  const english = language === 'en';
  const at = document.at.replace('T', ' ');
  const title = english
    ? `Plan ${document.plan}, ${at}${document.atFrom === 'weakest' ? ' (the weakest interval)' : ''}: operators more or fewer`
    : `计划 ${document.plan}，${at}${document.atFrom === 'weakest' ? '（最薄弱的时段）' : ''}：增减座席的影响`;
  const effects = textTable(
    heads[language].effects,
    document.tiers.flatMap(({ name, effects: own }) =>
      own.map((row) => [
        name[language],
        signed(row.change),
        decimal(row.operators),
        percent(row.connectionRate),
        percent(row.serviceLevel),
        decimal(row.averageSpeedOfAnswerSeconds),
        percent(row.occupancy),
        decimal(row.abandoned),
        decimal(row.blocked),
        signed(row.answeredMore, 1),
      ]),
    ),
  );
  return [
    title,
    effects,
    ...curveText(document, language),
    ...document.notices.map((said) => `· ${speak(language, 'terminal').say(said)}`),
  ].join('\n');
};

const curveText = ({ curve }: RequirementDocument, language: Language): string[] => {
  if (curve === null) return [];
  const english = language === 'en';
  const measure =
    curve.measure === 'connection-rate'
      ? english
        ? 'connection rate'
        : '接通率'
      : english
        ? 'share in threshold'
        : '时限内接通率';
  const required = whole(curve.requiredOperatorHours);
  return [
    '',
    english
      ? `What a ${measure} costs (this plan's own targets need ${required} operator-hours)`
      : `各档${measure}的代价（本计划自己的目标需 ${required} 席时）`,
    textTable(
      heads[language].curve,
      curve.points.map(({ rate, operatorHours, reached }) => [
        percent(rate, 0),
        whole(operatorHours),
        signed(operatorHours - curve.requiredOperatorHours),
        reached ? (english ? 'yes' : '可') : english ? 'no' : '不可达',
      ]),
    ),
  ];
};
