import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { addDays, mondayOfWeek, weekOf } from '../../kernel/time.ts';
import { callApi } from '../api/call-api.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useJob, useKeptChoice } from '../api/use-load.ts';
import { EmptyView, JobView } from '../ui/states.tsx';
import { changePlace, placeHref, usePlace } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { AccuracyPart } from './accuracy-part.tsx';
import { CompareView } from './compare-view.tsx';

/** Whole weeks of data, newest first. */
export const wholeWeeks = (firstDate: string, lastDate: string): string[] => {
  const weeks: string[] = [];
  for (let day = lastDate; day >= firstDate && weeks.length < 26; day = addDays(day, -7)) {
    const week = weekOf(day);
    const monday = mondayOfWeek(week);
    if (monday !== undefined && monday >= firstDate && addDays(monday, 6) <= lastDate) weeks.push(week);
  }
  return weeks;
};

/** Journey 3: how it held, and how hotlines stand. */
export const ComparePage = ({ workspace }: PageProps) => {
  const { say } = useSpeech();
  return (
    <>
      <div className="row title">
        <h1>{say('nav.compare')}</h1>
        <a href={placeHref('plan', { plans: 'all' })}>{say('against.title')}</a>
      </div>
      {workspace.firstDate === null || workspace.lastDate === null ? (
        <EmptyView title={say('plan.noData')}>
          {may('ingestFile') && (
            <a className="button" href={placeHref('data')}>
              {say('plan.bringData')}
            </a>
          )}
        </EmptyView>
      ) : (
        <Comparison workspace={workspace} weeks={wholeWeeks(workspace.firstDate, workspace.lastDate)} />
      )}
    </>
  );
};

const spans = ['week', 'period', 'accuracy'] as const;
type Span = (typeof spans)[number];

const Comparison = ({
  workspace,
  weeks,
}: {
  readonly workspace: WorkspaceDocument;
  readonly weeks: readonly string[];
}) => {
  const { say, tell } = useSpeech();
  const { params } = usePlace();
  const said = params.get('span');
  const span = spans.find((each) => each === said) ?? 'week';
  const nameOf = (key: string): string => {
    const queue = workspace.hotline.queues.find((each) => each.queue === key);
    return queue === undefined ? key : tell(queue.name);
  };
  return (
    <>
      <div className="row">
        <Segmented<Span>
          aria-label={say('compare.span')}
          value={span}
          options={spans.map((each) => ({ value: each, label: say(`compare.${each}`) }))}
          onChange={(each) => changePlace({ span: each === 'week' ? undefined : each })}
        />
      </div>
      {span === 'accuracy' ? (
        <AccuracyPart
          nameOf={nameOf}
          lastDate={workspace.lastDate ?? ''}
          isAsked={params.get('run') !== null}
        />
      ) : (
        <SpanPart span={span} workspace={workspace} weeks={weeks} nameOf={nameOf} />
      )}
    </>
  );
};

/** A week or a monitoring period held against its plan. */
const SpanPart = ({
  span,
  workspace,
  weeks,
  nameOf,
}: {
  readonly span: 'week' | 'period';
  readonly workspace: WorkspaceDocument;
  readonly weeks: readonly string[];
  readonly nameOf: (queue: string) => string;
}) => {
  const { say, format } = useSpeech();
  const [chosen, setWeek] = useKeptChoice('week compared', weeks[0] ?? '');
  const week = weeks.includes(chosen) ? chosen : weeks[0];
  const { periods } = workspace.monitoring;
  const [kept, setPeriod] = useKeptChoice('period compared', periods[0]);
  const period = periods.find((each) => each === kept) ?? periods[0];
  const [compared, setCompared] = useState<CompareDocument>();
  const asked = span === 'week' ? week : period;
  const body = span === 'week' ? { week: week ?? '' } : { period: period ?? '' };
  const show = (answer: unknown): void => setCompared(answer as CompareDocument | undefined);
  const control = useJob(asked === undefined ? undefined : { kind: 'compare', request: body }, show);
  const compare = async (): Promise<void> => {
    const answer = await control.run(() => callApi('makeComparison', { body }));
    if (answer !== undefined) show(answer);
  };
  return (
    <>
      <div className="row">
        {span === 'week' ? (
          <Select
            aria-label={say('compare.week')}
            value={week ?? null}
            style={{ minWidth: 260 }}
            options={weeks.map((each) => {
              const monday = mondayOfWeek(each) ?? '';
              return {
                value: each,
                label: `${each} · ${format.day(monday)} – ${format.day(addDays(monday, 6))}`,
              };
            })}
            onChange={setWeek}
          />
        ) : (
          <Select
            aria-label={say('compare.period')}
            value={period ?? null}
            style={{ minWidth: 160 }}
            options={periods.map((each) => ({ value: each, label: each }))}
            onChange={setPeriod}
          />
        )}
        <Button
          type="primary"
          loading={control.running}
          disabled={asked === undefined}
          onClick={() => void compare()}
        >
          {say('compare.run')}
        </Button>
      </div>
      <JobView control={control} title={say('compare.running')} />
      {compared === undefined ? (
        !control.running && (
          <EmptyView title={say('compare.none')}>{<p>{say('compare.noneWords')}</p>}</EmptyView>
        )
      ) : (
        <CompareView compared={compared} nameOf={nameOf} />
      )}
    </>
  );
};
