import { Select } from 'antd';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import type { PageProps } from '../app.tsx';
import { Figure } from '../ui/panel.tsx';
import { EmptyView, LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { goTo, placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { GroupsPanel } from './groups-panel.tsx';
import { HotlineView } from './hotline-view.tsx';
import { LeaguePanel } from './league-panel.tsx';
import { NeedsPanel } from './needs-panel.tsx';

/** The bureau's page: many hotlines in one period, or one of them through all periods. */
export const RankPage = ({ workspace, params }: PageProps) => {
  const { say } = useSpeech();
  const { periods } = workspace.monitoring;
  const asked = params.get('period');
  const period = asked !== null && periods.includes(asked) ? asked : undefined;
  const hotline = params.get('hotline');
  if (periods.length === 0)
    return (
      <>
        <div className="row title">
          <h1>{say('nav.rank')}</h1>
        </div>
        <EmptyView title={say('rank.none')}>
          <p>{say('rank.noneWords')}</p>
          <a className="button" href={placeHref('data')}>
            {say('plan.bringData')}
          </a>
        </EmptyView>
      </>
    );
  if (hotline !== null) return <HotlineView hotline={hotline} periods={periods} />;
  return <PeriodRanking period={period} periods={periods} />;
};

const PeriodRanking = ({
  period,
  periods,
}: {
  /** Left out: the latest that most lines share. */
  readonly period: string | undefined;
  readonly periods: readonly string[];
}) => {
  const { say } = useSpeech();
  const [loaded, retry] = useLoad(period ?? '', (signal) =>
    callApi('rank', { query: period === undefined ? {} : { period }, signal }),
  );
  const shown = period ?? (loaded.state === 'ready' ? loaded.value.period : undefined);
  return (
    <>
      <div className="row title">
        <h1>{say('nav.rank')}</h1>
        <Select
          aria-label={say('rank.period')}
          {...(shown === undefined ? {} : { value: shown })}
          style={{ minWidth: 120 }}
          options={periods.map((each) => ({ value: each, label: each }))}
          onChange={(chosen: string) => goTo('rank', { period: chosen })}
        />
      </div>
      <LoadedView loaded={loaded} retry={retry}>
        {(ranking) => (
          <>
            <BandFigures ranking={ranking} />
            <LeaguePanel key={ranking.period} ranking={ranking} />
            <GroupsPanel ranking={ranking} />
            {ranking.monitor !== undefined && <NeedsPanel monitor={ranking.monitor} />}
          </>
        )}
      </LoadedView>
    </>
  );
};

/** How many lines stand in which band, and how many meet the 15-second standard. */
const BandFigures = ({ ranking }: { readonly ranking: RankDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const { secondsStandard, previousPeriod } = ranking;
  return (
    <section className="figures" aria-label={say('rank.bands')}>
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
      <Figure
        label={say('rank.standard')}
        value={format.count(secondsStandard.hotlines)}
        range={say('rank.share', { share: format.percent(secondsStandard.share, 2) })}
        words={say('rank.standardWords', { seconds: format.seconds(secondsStandard.meanSecondsOfThose) })}
      />
    </section>
  );
};
