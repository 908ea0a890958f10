import type { PlanDocument } from '../../contract/plan-document.ts';
import type { Text } from '../../kernel/text.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

const List = ({ title, items }: { readonly title: string; readonly items: readonly Text[] }) => {
  const { tell } = useSpeech();
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item.en}>{tell(item)}</li>
        ))}
      </ul>
    </>
  );
};

/** Why the plan is what it is: assumptions, what each costs, the methods and their rivals, the score's parts. */
export const WhyPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  return (
    <Panel title={say('why.title')} note={say('why.note')}>
      <List title={say('why.relaxed')} items={plan.relaxed} />
      <List title={say('why.assumptions')} items={[...plan.assumptions, ...plan.monitoring.assumptions]} />
      {plan.variants.length > 0 && (
        <>
          <h3>{say('why.variants')}</h3>
          <PlainTable
            label={say('why.variants')}
            rows={plan.variants}
            keyOf={(variant) => variant.variant}
            columns={[
              { key: 'name', head: say('why.without'), cell: (variant) => tell(variant.name) },
              {
                key: 'hours',
                head: say('day.hours'),
                numeric: true,
                cell: (variant) => format.count(variant.operatorHours),
              },
              {
                key: 'change',
                head: say('why.change'),
                numeric: true,
                cell: (variant) => format.signed(variant.operatorHours - plan.total.requiredOperatorHours),
              },
            ]}
          />
        </>
      )}
      <h3>{say('why.score')}</h3>
      <PlainTable
        label={say('why.score')}
        rows={plan.monitoring.indicators}
        keyOf={(indicator) => indicator.indicator}
        columns={[
          { key: 'name', head: say('why.indicator'), cell: (indicator) => tell(indicator.name) },
          {
            key: 'weight',
            head: say('why.weight'),
            numeric: true,
            cell: (indicator) => format.percent(indicator.weight),
          },
          {
            key: 'points',
            head: say('why.points'),
            numeric: true,
            cell: (indicator) => format.decimal(indicator.points),
          },
        ]}
      />
      <h3>{say('why.forecast')}</h3>
      {plan.queues.map((queue) => (
        <QueueWhy key={queue.queue} queue={queue} />
      ))}
      <p className="note">
        {say('why.repeat', { id: plan.id, seed: plan.seed, hash: plan.history.dataHash.slice(0, 12) })}
      </p>
    </Panel>
  );
};

const QueueWhy = ({ queue }: { readonly queue: PlanDocument['queues'][number] }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  return (
    <details>
      <summary>{say('why.queue', { queue: tell(queue.name), method: queue.method })}</summary>
      <List title={say('why.reasons')} items={queue.reasons} />
      <PlainTable
        label={say('why.candidates')}
        rows={queue.candidates}
        keyOf={(candidate) => candidate.method}
        columns={[
          { key: 'method', head: say('why.method'), cell: (candidate) => candidate.method },
          {
            key: 'wape',
            head: say('why.wape'),
            numeric: true,
            cell: (candidate) => format.percent(candidate.wape),
          },
          {
            key: 'weight',
            head: say('why.weight'),
            numeric: true,
            cell: (candidate) => format.percent(candidate.weight, 0),
          },
        ]}
      />
      <PlainTable
        label={say('why.parts')}
        rows={queue.parts}
        keyOf={(part) => part.date}
        columns={[
          { key: 'day', head: say('day.day'), cell: (part) => format.day(part.date) },
          ...(['level', 'weekday', 'holiday', 'event', 'trend', 'overrule'] as const).map((name) => ({
            key: name,
            head: say(`part.${name}`),
            numeric: true,
            cell: (part: PlanDocument['queues'][number]['parts'][number]) =>
              format.decimal(part[name], name === 'level' ? 0 : 2),
          })),
        ]}
      />
    </details>
  );
};
