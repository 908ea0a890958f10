import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { speak } from '../words/speak.ts';
import { tableOf, type Table } from './table.ts';
import { levelName, queueName } from './week-tables.ts';
import { reportWords, type ReportWords } from './words.ts';

type Rate = NonNullable<PlanDocument['proof']>['connectionRate'];

/** Whether a target holds in simulation, in a word; empty where nothing is asked. */
const verdict = (rate: Rate, words: ReportWords): string => {
  if (rate.target === null || rate.simulated === null) return '';
  if (rate.holds === null) return words.undecided;
  return rate.holds ? words.holds : words.fails;
};

/** The proof by simulation, queue by queue and of the whole week. */
export const proofTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const proof = plan.proof ?? null;
  const proved = [
    ...(proof?.queues ?? []).map((row) => ({ name: queueName(plan, row.queue, language), row })),
    ...(proof === null ? [] : [{ name: words.whole, row: proof }]),
  ];
  const rows = proved.flatMap(({ name, row }) => [
    { name, row, figure: words.connectionRate, rate: row.connectionRate },
    { name, row, figure: levelName(plan, words), rate: row.serviceLevel },
  ]);
  return tableOf(
    rows,
    [
      [words.queue, 'text', ({ name }) => name],
      [words.figure, 'text', ({ figure }) => figure],
      [words.target, 'share', ({ rate }) => rate.target],
      [words.byFormula, 'share', ({ rate }) => rate.analytic],
      [words.bySimulation, 'share', ({ rate }) => rate.simulated],
      [words.halfWidth, 'share', ({ rate }) => rate.halfWidth],
      [words.verdict, 'text', ({ rate }) => verdict(rate, words)],
      [words.intervalsUnder, 'number:0', ({ row }) => row.intervalsUnderTarget],
    ],
    { title: words.proof },
  );
};

/** Calls handed on. */
export const transferTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  return tableOf(
    plan.transfers ?? [],
    [
      [
        words.handedOn,
        'text',
        ({ fromName, toName }) => `${inLanguage(fromName, language)} → ${inLanguage(toName, language)}`,
      ],
      [words.shareOfAnswered, 'share', ({ share }) => share],
      [words.firstOperator, 'text', ({ holding }) => (holding ? words.staysOn : words.letsGo)],
      [words.calls, 'calls', ({ calls }) => calls],
      [words.waitSeconds, 'seconds', ({ averageWaitSeconds }) => averageWaitSeconds],
      [words.hangUps, 'share', ({ abandonedShare }) => abandonedShare],
    ],
    { title: words.handedOn },
  );
};

/** What a plan rests on and says of itself, part by part; parts with nothing to say are left out. */
export const planLists = (
  plan: PlanDocument,
  language: Language,
): readonly { readonly title: string; readonly lines: readonly string[] }[] => {
  const words = reportWords(language);
  const { say, whole } = speak(language, 'terminal');
  const span = ({ date, from, to }: PlanDocument['overrules'][number]): string =>
    from === null ? date : `${date} ${from}–${to ?? ''}`;
  return [
    {
      title: words.reasons,
      lines: plan.queues.flatMap(({ name, reasons }) =>
        reasons.map((reason) => `${inLanguage(name, language)}${words.colon}${say(reason)}`),
      ),
    },
    {
      title: words.overrules,
      lines: plan.overrules.map((own) => `${span(own)}${words.colon}${own.reason} (${own.author})`),
    },
    {
      title: words.variants,
      lines: plan.variants.map((v) => `${say(v.name)}${words.colon}${whole(v.operatorHours)}`),
    },
    { title: words.relaxed, lines: plan.relaxed.map(say) },
    { title: words.notices, lines: plan.notices.map(say) },
    { title: words.assumptions, lines: plan.assumptions.map(say) },
  ].filter(({ lines }) => lines.length > 0);
};

/** The same as a table. */
export const reasonTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const rows = planLists(plan, language).flatMap(({ title, lines }) =>
    lines.map((line) => ({ title, line })),
  );
  return tableOf(
    rows,
    [
      [words.figure, 'text', ({ title }) => title],
      [words.value, 'text', ({ line }) => line],
    ],
    { title: words.reasons },
  );
};
