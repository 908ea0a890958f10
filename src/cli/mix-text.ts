import type { MixDocument } from '../contract/documents/mix-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../report/format.ts';
import { textTable } from '../report/text-table.ts';
import { numberAndName, type ModelNames } from './model-names.ts';
import { speak } from '../words/speak.ts';

type HeldRate = NonNullable<MixDocument['classes'][number]['connectionRate']>;

const words = {
  'zh-CN': {
    title: '各座席组最少人数（由仿真逐一减到最少）',
    pools: ['座席组', '人数', '席时'],
    bounds: ['方案', '席时'],
    found: '仿真结果',
    formula: '公式结果',
    pooled: '全部合并（公式）',
    dedicated: '各类自备（公式）',
    classes: ['类别', '指标', '目标', '仿真', '±', '达标'],
    fewer: '最忙时段各少一人后，最差的是',
    fewerHeads: ['少一人的座席组', '时段', '类别', '指标', '目标', '仿真', '±', '达标'],
    connectionRate: '接通率',
    serviceLevel: '时限内',
    verdict: { yes: '是', no: '否', open: '不定' },
  },
  en: {
    title: 'Least operators by pool, taken down one by one in simulation',
    pools: ['pool', 'operators', 'operator-hours'],
    bounds: ['design', 'operator-hours'],
    found: 'settled by simulation',
    formula: 'by formula',
    pooled: 'everybody answers everything (formula)',
    dedicated: 'each class alone (formula)',
    classes: ['class', 'measure', 'target', 'simulated', '±', 'holds'],
    fewer: 'With one operator fewer in the busiest interval, the worst is',
    fewerHeads: ['one fewer of pool', 'interval', 'class', 'measure', 'target', 'simulated', '±', 'holds'],
    connectionRate: 'connection rate',
    serviceLevel: 'in threshold',
    verdict: { yes: 'yes', no: 'no', open: 'open' },
  },
} as const;

/** The least mix of a bare model, what it was held against, and what one operator fewer does. */
export const mixText = (document: MixDocument, names: ModelNames, language: Language): string => {
  const own = words[language];
  const ofClass = (c: number): string => numberAndName(c, names.classes);
  const ofPool = (p: number): string => numberAndName(p, names.pools);
  const rateCells = ({ target, simulated, halfWidth, holds }: HeldRate): string[] => [
    percent(target),
    percent(simulated),
    percent(halfWidth, 2),
    holds === null ? own.verdict.open : holds ? own.verdict.yes : own.verdict.no,
  ];
  const { mix, pooled, dedicated } = document.byFormula;
  return [
    own.title,
    textTable(
      own.pools,
      document.pools.map(({ pool, staff, operatorHours }) => [
        ofPool(pool),
        staffCell(staff),
        decimal(operatorHours),
      ]),
    ),
    '',
    textTable(own.bounds, [
      [own.found, decimal(document.operatorHours)],
      [own.formula, decimal(mix)],
      [own.pooled, decimal(pooled)],
      [own.dedicated, decimal(dedicated)],
    ]),
    '',
    textTable(
      own.classes,
      document.classes.flatMap((row) => [
        ...(row.connectionRate === null
          ? []
          : [[ofClass(row.class), own.connectionRate, ...rateCells(row.connectionRate)]]),
        ...(row.serviceLevel === null
          ? []
          : [[ofClass(row.class), own.serviceLevel, ...rateCells(row.serviceLevel)]]),
      ]),
    ),
    '',
    own.fewer,
    textTable(
      own.fewerHeads,
      document.oneFewer.map((row) => [
        ofPool(row.pool),
        String(row.interval),
        ofClass(row.class),
        own[row.measure],
        ...rateCells(row),
      ]),
    ),
    ...document.notices.map((said) => `· ${speak(language, 'terminal').say(said)}`),
  ].join('\n');
};

/** One figure where all intervals have the same. */
const staffCell = (staff: readonly number[]): string =>
  new Set(staff).size === 1 ? String(staff[0]) : staff.join(' ');
