import { modelLanguages } from '../../kernel/text.ts';
import { Button } from 'antd';
import { memo, useMemo } from 'react';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { audienceTold } from '../../contract/documents/audience-told.ts';
import type { PromptSpan } from '../../contract/documents/prompt-span.ts';
import { inOrderOfTime, sheetOfSpans } from '../../render/switchboard-sheet.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { BrokenList, brokenRules } from './broken-rules.tsx';
import { drawnDays } from './drawn-days.ts';

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
    plannedOperation,
    scenario,
  }: {
    readonly plan: PlanDocument;
    readonly plannedOperation: PlannedOperationDocument;
    readonly scenario: ScenarioModel;
  }) => {
    const { say, tell, language } = useSpeech();
    const format = useFormat();
    const days = useMemo(
      () => drawnDays(plannedOperation, scenario, plan.starts),
      [plannedOperation, scenario, plan.starts],
    );
    const spans = inOrderOfTime(days.flatMap((day) => day.spans));
    const names = new Map(plannedOperation.queues.map(({ queue, name }) => [queue, tell(name)]));
    const save = (): void =>
      saveFile(
        `switchboard-${plan.week}.csv`,
        sheetOfSpans(spans, names, language),
        'text/csv;charset=utf-8',
      );
    return (
      <div className="sheet">
        <Panel
          title={say('sheet.title')}
          note={say('sheet.note', { name: scenario.scenario })}
          actions={
            <span className="row no-print">
              <Button disabled={spans.length === 0} onClick={save}>
                {say('prompts.sheet')}
              </Button>
              <Button disabled={spans.length === 0} onClick={printSheet}>
                {say('plan.print')}
              </Button>
            </span>
          }
        >
          <p className="on-paper">
            {`${tell(plan.hotline.name)} · ${plan.week} · ${format.date(plan.firstDate)} – ${format.date(plan.days.at(-1)?.date ?? plan.firstDate)}`}
            {plan.hotline.madeUp && ` · ${say('app.madeUp')}`}
          </p>
          <BrokenList
            plannedOperation={plannedOperation}
            problems={days.flatMap((day) => brokenRules(plannedOperation, day.answer))}
            title={say('sheet.broken')}
            dated
          />
          {spans.length === 0 ? (
            <p className="note">{say('sheet.none')}</p>
          ) : (
            <SheetTable spans={spans} names={names} />
          )}
        </Panel>
      </div>
    );
  },
);

const SheetTable = ({
  spans,
  names,
}: {
  readonly spans: readonly PromptSpan[];
  readonly names: ReadonlyMap<string, string>;
}) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  const byWait = spans.some(({ waitAboveSeconds = 0 }) => waitAboveSeconds > 0);
  // An announcement is played in the languages of its model; the reader's stands first.
  const other = modelLanguages.find((each) => each !== language) ?? 'en';
  return (
    <PlainTable
      label={say('sheet.title')}
      rows={spans}
      keyOf={(span, i) => `${span.date} ${span.from} ${span.queue} ${span.prompt} ${i}`}
      columns={[
        { key: 'day', head: say('day.day'), cell: (span) => format.day(span.date) },
        {
          key: 'time',
          head: say('prompts.time'),
          cell: (span) => <span className="nowrap">{`${span.from}–${span.to}`}</span>,
        },
        { key: 'queue', head: say('calls.queue'), cell: (span) => names.get(span.queue) ?? span.queue },
        { key: 'prompt', head: say('prompts.prompt'), cell: (span) => tell(span.name) },
        ...(byWait
          ? [
              {
                key: 'to',
                head: say('lever.offered'),
                cell: (span: PromptSpan) => tell(audienceTold(span.waitAboveSeconds)),
              },
            ]
          : []),
        {
          key: 'seconds',
          head: say('sheet.seconds'),
          numeric: true,
          cell: (span) => format.count(span.announcementSeconds),
        },
        {
          key: 'words',
          wide: true,
          head: say('prompts.words'),
          cell: (span) => (
            <span className="spoken">
              {tell(span.announcement)}
              <span className="under" lang={other}>
                {span.announcement[other]}
              </span>
            </span>
          ),
        },
        { key: 'on', onPaper: true, head: say('sheet.switchedOn'), cell: () => '' },
        { key: 'off', onPaper: true, head: say('sheet.switchedOff'), cell: () => '' },
      ]}
    />
  );
};
