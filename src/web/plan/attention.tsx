import { Alert } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { planHours } from '../../render/plan-changes.ts';
import { daysBeyondData, farDays, type Shortage, shortageOf } from '../../render/shortages.ts';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { outsideSimulation } from './proof-panel.tsx';

/** The week lies far from the last data. */
export const FarFromData = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const days = daysBeyondData(plan);
  if (days < farDays) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={say('attention.far', { n: days, last: format.date(plan.history.lastDate) })}
      description={say('attention.farWords')}
    />
  );
};

/** Where people are missing, and why. */
export const Short = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const shortage = shortageOf(plan);
  const { openHours, intervals, standInHours, worst } = shortage;
  if (worst === undefined && plan.relaxed.length === 0) return null;
  const tier = plan.tiers.find((each) => each.tier === worst?.tier);
  return (
    <Alert
      type="warning"
      showIcon
      title={
        worst === undefined
          ? say('attention.relaxed', { n: plan.relaxed.length })
          : say('attention.short', {
              open: format.hours(openHours),
              standIns: format.hours(standInHours),
              intervals: format.count(intervals),
              all: format.count(shortage.open),
              at: format.moment(worst.start),
              tier: tier === undefined ? worst.tier : tell(tier.name),
              n: format.decimal(worst.operators),
            })
      }
      description={
        <>
          {worst !== undefined && <ShortageTable plan={plan} shortage={shortage} />}
          {plan.relaxed.length > 0 && (
            <details>
              <summary>{say('attention.why')}</summary>
              <ul>
                {plan.relaxed.map((rule) => (
                  <li key={tell(rule)}>{tell(rule)}</li>
                ))}
              </ul>
            </details>
          )}
        </>
      }
    />
  );
};

/** What is beyond the requirement and whether it can go; how far the search for shifts is from its bound. */
export const SpareHours = ({ plan }: { readonly plan: PlanDocument }) => {
  const { tell } = useSpeech();
  const said = planHours(plan);
  return said.length === 0 ? null : (
    <Alert
      type="info"
      showIcon
      title={said.map((each) => (
        <div key={each.code}>{tell(each)}</div>
      ))}
    />
  );
};

/** Queues that simulation finds under their targets. */
export const NotProved = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const failing = (plan.proof?.queues ?? []).filter(
    (queue) => queue.connectionRate.holds === false || queue.serviceLevel.holds === false,
  );
  if (failing.length === 0) return null;
  const names = failing.map((queue) => {
    const known = plan.queues.find((each) => each.queue === queue.queue);
    return known === undefined ? queue.queue : tell(known.name);
  });
  return (
    <Alert
      type="error"
      showIcon
      title={say('attention.notProved', { queues: names.join(say('list.comma')) })}
      description={outsideSimulation(plan).length > 0 ? say('attention.seeProof') : undefined}
    />
  );
};

/** What planners adjusted in the forecast. */
export const Overruled = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  if (plan.overrules.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={say('attention.overruled', { n: plan.overrules.length })}
      description={plan.overrules
        .map((rule) => {
          const change =
            rule.factor === null ? format.count(rule.calls) : `${format.points(rule.factor - 1, 0)}%`;
          return `${format.day(rule.date)} ${rule.from ?? ''} ${change} · ${rule.reason} (${rule.author})`;
        })
        .join(say('list.semicolon'))}
    />
  );
};

/** Who is short where: operator-hours by tier and day, and the moment at which most are short. */
const ShortageTable = ({ plan, shortage }: { readonly plan: PlanDocument; readonly shortage: Shortage }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const short = shortage.tiers.filter((tier) => tier.worst !== undefined);
  const nameOf = (key: string): string => {
    const tier = plan.tiers.find((each) => each.tier === key);
    return tier === undefined ? key : tell(tier.name);
  };
  const hours = (value: number | undefined): string =>
    value === undefined || value < 0.05 ? noFigure : format.decimal(value);
  return (
    <PlainTable
      label={say('attention.table')}
      rows={short}
      keyOf={(tier) => tier.tier}
      columns={[
        [say('attention.table'), 'text', (tier) => nameOf(tier.tier)],
        ...plan.days.map((day, i): Column<Shortage['tiers'][number]> => [
          format.day(day.date),
          'number',
          (tier) => hours(tier.dayOpenHours[i]),
        ]),
        [say('operators.week'), 'number', (tier) => hours(tier.openHours)],
        [
          say('attention.worst'),
          'text',
          ({ worst }) =>
            worst === undefined
              ? noFigure
              : say('attention.worstAt', {
                  at: format.moment(worst.start),
                  n: format.decimal(worst.operators),
                }),
          { wide: true },
        ],
      ]}
    />
  );
};
