import { Button } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { apiAddress } from '../api/api-address.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** Prompts that the plan plays, what they bring, and the sheet for the switchboard. */
export const PromptsTable = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  const queueName = (key: string): string => {
    const queue = plan.queues.find((each) => each.queue === key);
    return queue === undefined ? key : tell(queue.name);
  };
  const gain =
    plan.withoutPrompts === null
      ? undefined
      : say('prompts.gain', {
          before: format.percent(plan.withoutPrompts.serviceLevel),
          after: format.percent(plan.total.serviceLevel.mean),
          n: format.count(plan.total.callersDiverted),
          seconds: plan.answerTimeThresholdSeconds,
        });
  return (
    <Panel
      title={say('prompts.title')}
      note={plan.prompts.length === 0 ? say('prompts.none') : gain}
      actions={
        <span className="row no-print">
          <Button href={placeHref('divert', { plan: plan.id })}>{say('prompts.try')}</Button>
          <Button href={apiAddress('switchboardSheet', { plan: plan.id }, { language })} download>
            {say('prompts.sheet')}
          </Button>
        </span>
      }
    >
      {plan.prompts.length > 0 && (
        <PlainTable
          label={say('prompts.title')}
          rows={plan.prompts}
          keyOf={(span, i) => `${span.date}${span.from}${i}`}
          columns={[
            [say('day.day'), 'text', (span) => format.day(span.date)],
            [say('prompts.time'), 'text', (span) => `${span.from}–${span.to}`],
            [say('calls.queue'), 'text', (span) => queueName(span.queue)],
            [say('prompts.prompt'), 'text', (span) => tell(span.name)],
            [say('prompts.diverted'), 'number:0', (span) => span.callersDiverted],
            [say('prompts.words'), 'text', (span) => tell(span.announcement), { wide: true }],
          ]}
        />
      )}
    </Panel>
  );
};
