import { Button } from 'antd';
import { memo, useMemo } from 'react';
import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { audienceTold } from '../../contract/documents/audience-told.ts';
import { sheetOfSpans } from '../../diversion/switchboard-sheet.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { drawnSpans } from './drawn-days.ts';

/** Prints the sheet and nothing else of the page. */
const printSheet = (): void => {
  document.body.classList.add('sheet-only');
  window.print();
  document.body.classList.remove('sheet-only');
};

/** When which prompt plays, as drawn: what is handed to the switchboard, as a file or on paper. */
export const SheetPanel = memo(
  ({
    plan,
    world,
    scenario,
  }: {
    readonly plan: PlanDocument;
    readonly world: PlanWorldDocument;
    readonly scenario: ScenarioModel;
  }) => {
    const { say, tell, language } = useSpeech();
    const format = useFormat();
    const spans = useMemo(() => drawnSpans(world, scenario, plan.starts), [world, scenario, plan.starts]);
    const queueName = (key: string): string =>
      tell(world.queues.find((each) => each.queue === key)?.name ?? { 'zh-CN': key, en: key });
    return (
      <div className="sheet">
        <Panel
          title={say('sheet.title')}
          note={say('sheet.note', { name: scenario.scenario })}
          actions={
            <span className="row no-print">
              <Button
                disabled={spans.length === 0}
                onClick={() =>
                  saveFile(
                    `switchboard-${plan.week}.csv`,
                    sheetOfSpans(spans, language),
                    'text/csv;charset=utf-8',
                  )
                }
              >
                {say('prompts.sheet')}
              </Button>
              <Button disabled={spans.length === 0} onClick={printSheet}>
                {say('plan.print')}
              </Button>
            </span>
          }
        >
          {spans.length === 0 ? (
            <p className="note">{say('sheet.none')}</p>
          ) : (
            <PlainTable
              label={say('sheet.title')}
              rows={spans}
              keyOf={(span) => `${span.date} ${span.from} ${span.queue} ${span.prompt}`}
              columns={[
                { key: 'day', head: say('day.day'), cell: (span) => format.day(span.date) },
                { key: 'time', head: say('prompts.time'), cell: (span) => `${span.from}–${span.to}` },
                { key: 'queue', head: say('calls.queue'), cell: (span) => queueName(span.queue) },
                { key: 'prompt', head: say('prompts.prompt'), cell: (span) => tell(span.name) },
                ...(spans.some(({ waitAboveSeconds = 0 }) => waitAboveSeconds > 0)
                  ? [
                      {
                        key: 'to',
                        head: say('lever.offered'),
                        cell: (span: (typeof spans)[number]) => tell(audienceTold(span.waitAboveSeconds)),
                      },
                    ]
                  : []),
                {
                  key: 'diverted',
                  head: say('prompts.diverted'),
                  numeric: true,
                  cell: (span) => format.decimal(span.callersDiverted),
                },
                {
                  key: 'words',
                  wide: true,
                  head: say('prompts.words'),
                  cell: (span) => <span className="spoken">{tell(span.announcement)}</span>,
                },
              ]}
            />
          )}
        </Panel>
      </div>
    );
  },
);
