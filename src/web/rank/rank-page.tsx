import { inLanguage } from '../../kernel/text.ts';
import { Segmented, Select } from 'antd';
import { useMemo } from 'react';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useLoad } from '../api/use-load.ts';
import type { PageProps } from '../page-props.ts';
import { Figure } from '../ui/panel.tsx';
import { EmptyView, LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { goTo, placeHref } from '../ui/use-place.ts';
import { rankWords } from '../../words/page/rank.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { GroupsPanel } from './groups-panel.tsx';
import { HotlineView } from './hotline-view.tsx';
import { LeaguePanel } from './league-panel.tsx';
import { NeedsPanel } from './needs-panel.tsx';

addWords(rankWords);

/**
 * The bureau's page: many hotlines in one period by a monitor's test calls, one of them through all periods, or the
 * lines of this workspace by their own traffic.
 */
export const RankPage = ({ workspace, params }: PageProps) => {
  const { say } = useSpeech();
  const { periods } = workspace.monitoring;
  const hotline = params.get('hotline');
  const basis = params.get('basis') === 'traffic' && workspace.traffic.length > 0 ? 'traffic' : 'test-calls';
  if (basis === 'test-calls' && periods.length === 0)
    return (
      <>
        <div className="row title">
          <h1>{say('nav.rank')}</h1>
        </div>
        <EmptyView title={say('rank.none')}>
          {may('ingestFile') && (
            <>
              <p>{say('rank.noneWords')}</p>
              <a className="button" href={placeHref('data')}>
                {say('plan.bringData')}
              </a>
            </>
          )}
          {workspace.traffic.length > 1 && (
            <p>
              <a href={placeHref('rank', { basis: 'traffic' })}>{say('rank.toTraffic')}</a>
            </p>
          )}
        </EmptyView>
      </>
    );
  if (hotline !== null) return <HotlineView hotline={hotline} period={params.get('period')} />;
  const choices = basis === 'traffic' ? monthsOf(workspace) : periods;
  const period = choices.find((each) => each === params.get('period'));
  return <PeriodRanking workspace={workspace} basis={basis} period={period} periods={choices} />;
};

/** Months that the traffic reaches into, the latest first. */
const monthsOf = ({ firstDate, lastDate }: PageProps['workspace']): string[] => {
  if (firstDate === null || lastDate === null) return [];
  const number = (date: string): number => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7)) - 1;
  const [first, last] = [number(firstDate), number(lastDate)];
  return Array.from({ length: last - first + 1 }, (_, back) => {
    const [year, month] = [Math.floor((last - back) / 12), ((last - back) % 12) + 1];
    return `${year}-${String(month).padStart(2, '0')}`;
  });
};

type Basis = NonNullable<RankDocument['basis']>;

const PeriodRanking = ({
  workspace,
  basis,
  period,
  periods,
}: {
  readonly workspace: PageProps['workspace'];
  readonly basis: Basis;
  /** Left out: the latest that most lines share. */
  readonly period: string | undefined;
  readonly periods: readonly string[];
}) => {
  const { say, language } = useSpeech();
  const [loaded, retry] = useLoad(`${basis} ${period ?? ''}`, (signal) =>
    callApi('rank', { query: { basis, period }, signal }),
  );
  const names = useMemo(() => {
    const queues = basis === 'traffic' ? workspace.hotline.queues : [];
    return new Map(queues.map(({ queue, name }) => [queue, inLanguage(name, language)]));
  }, [basis, workspace, language]);
  const shown = period ?? (loaded.state === 'ready' ? loaded.value.period : undefined);
  return (
    <>
      <div className="row title">
        <h1>{say('nav.rank')}</h1>
        {workspace.traffic.length > 1 && workspace.monitoring.periods.length > 0 && (
          <Segmented<Basis>
            aria-label={say('rank.basis')}
            value={basis}
            options={(['test-calls', 'traffic'] as const).map((value) => ({
              value,
              label: say(`rank.basis.${value}`),
            }))}
            onChange={(chosen) => goTo('rank', chosen === 'traffic' ? { basis: chosen } : {})}
          />
        )}
        <Select
          aria-label={say('rank.period')}
          {...(shown === undefined ? {} : { value: shown })}
          style={{ minWidth: 120 }}
          options={periods.map((each) => ({ value: each, label: each }))}
          onChange={(chosen: string) =>
            goTo('rank', { ...(basis === 'traffic' ? { basis } : {}), period: chosen })
          }
        />
      </div>
      <LoadedView loaded={loaded} retry={retry}>
        {(ranking) => (
          <>
            <BandFigures ranking={ranking} />
            <LeaguePanel key={`${basis} ${ranking.period}`} ranking={ranking} names={names} />
            <GroupsPanel ranking={ranking} />
            {ranking.monitor !== undefined && <NeedsPanel monitor={ranking.monitor} />}
          </>
        )}
      </LoadedView>
    </>
  );
};

/** How many lines stand in which band, and how many meet the seconds standard where seconds are known. */
const BandFigures = ({ ranking }: { readonly ranking: RankDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const { secondsStandard, previousPeriod } = ranking;
  return (
    <section className="figures" aria-label={say(ranking.basis === 'traffic' ? 'rank.lines' : 'rank.bands')}>
      {ranking.bands.map((row) => (
        <Figure
          key={row.band}
          label={say(`band.${row.band}`)}
          value={format.count(row.hotlines)}
          range={say('rank.share', { share: format.percent(row.share, 2) })}
          words={
            row.change === null || previousPeriod === null
              ? say('rank.noPrevious')
              : say('rank.change', {
                  period: previousPeriod,
                  n: format.count(row.previous),
                  change: format.signed(row.change),
                })
          }
        />
      ))}
      {ranking.hotlines.some((row) => row.meetsSecondsStandard !== null) && (
        <Figure
          label={say('rank.standard', { seconds: secondsStandard.standardSeconds })}
          value={format.count(secondsStandard.hotlines)}
          range={say('rank.share', { share: format.percent(secondsStandard.share, 2) })}
          words={say('rank.standardWords', { seconds: format.seconds(secondsStandard.meanSecondsOfThose) })}
        />
      )}
    </section>
  );
};
