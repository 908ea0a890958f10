import { Button, Input, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { monthsBetween } from '../../kernel/time.ts';
import { hotNeeds, reportedChances } from '../../monitoring/bands.ts';
import {
  bands,
  type Filter,
  filterHotlines,
  groupHotlines,
  type Grouping,
  groupings,
  type Hotline,
  informativeTraits,
  moves,
  rankingCsv,
  fallChance,
  filterOf,
} from '../../render/league.ts';
import { nameIn, noFigure } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useAnswer } from '../api/use-load.ts';
import { Figure, Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { EmptyView, LoadedView } from '../ui/states.tsx';
import { goTo, placeHref } from '../ui/use-place.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { BandTag, HotlineView, LeagueTable } from './league-table.tsx';

addWords(messages('page-rank'));

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
const monthsOf = ({ firstDate, lastDate }: PageProps['workspace']): string[] =>
  firstDate === null || lastDate === null ? [] : monthsBetween(firstDate, lastDate).toReversed();

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
  const [loaded, retry] = useAnswer('rank', { query: { basis, period } });
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
  const { say, format } = useSpeech();
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

const pageRows = 50;
type Order = 'risk' | 'rank';

const notes = {
  'test-calls': { rank: 'rank.note', risk: 'rank.riskNote' },
  traffic: { rank: 'rank.trafficNote', risk: 'rank.trafficRiskNote' },
} as const;

const noFilter = filterOf({});

/** The league table: by rank, or with the lines that are likeliest to fall a band first. */
const LeaguePanel = ({
  ranking,
  names,
}: {
  readonly ranking: RankDocument;
  /** What queues are called, by key. */
  readonly names: ReadonlyMap<string, string>;
}) => {
  const { say, tell, language, format } = useSpeech();
  const [filter, setFilter] = useState(noFilter);
  const [order, setOrder] = useState<Order>('rank');
  const [shown, setShown] = useState(pageRows);
  const { standardSeconds } = ranking.secondsStandard;
  const ofTraffic = ranking.basis === 'traffic';
  const rows = useMemo(() => {
    const named = ranking.hotlines.map((row) => ({ ...row, name: names.get(row.hotline) ?? row.name }));
    const passing = filterHotlines(named, filter);
    return order === 'risk' ? riskiestFirst(passing) : passing;
  }, [ranking, names, filter, order]);
  return (
    <Panel
      title={say('rank.title')}
      note={say(notes[ofTraffic ? 'traffic' : 'test-calls'][order])}
      actions={
        <span className="row">
          <Segmented<Order>
            aria-label={say('rank.order')}
            value={order}
            options={[
              { value: 'rank', label: say('rank.byRank') },
              { value: 'risk', label: say('rank.byRisk') },
            ]}
            onChange={setOrder}
          />
          <Button
            onClick={() =>
              saveFile(
                `huawu-ranking-${ranking.period}.csv`,
                rankingCsv(rows, standardSeconds, language),
                'text/csv',
              )
            }
          >
            {say('rank.csv')}
          </Button>
        </span>
      }
    >
      <LeagueFilters
        rows={ranking.hotlines}
        standardSeconds={standardSeconds}
        filter={filter}
        change={setFilter}
      />
      <p className="note" role="status">
        {say(ofTraffic ? 'rank.foundLines' : 'rank.found', {
          n: format.count(rows.length),
          all: format.count(ranking.hotlines.length),
        })}
      </p>
      <LeagueTable
        rows={rows.slice(0, shown)}
        basis={ranking.basis ?? 'test-calls'}
        period={ranking.period}
        standardSeconds={standardSeconds}
      />
      {rows.length > shown && (
        <Button onClick={() => setShown(shown + 100)}>
          {say('rank.more', { n: format.count(rows.length - shown) })}
        </Button>
      )}
      <ul className="note">
        {ranking.notices.map((notice) => (
          <li key={tell(notice)}>{tell(notice)}</li>
        ))}
      </ul>
    </Panel>
  );
};

/** Distinct values of a column, in order. */
const valuesOf = (rows: readonly Hotline[], key: Grouping): string[] =>
  [...new Set(rows.flatMap((row) => row[key] ?? []))].sort((a, b) => a.localeCompare(b));

const LeagueFilters = ({
  rows,
  standardSeconds,
  filter,
  change,
}: {
  readonly standardSeconds: number;
  readonly rows: readonly Hotline[];
  readonly filter: Filter;
  readonly change: (filter: Filter) => void;
}) => {
  const { say, language } = useSpeech();
  const choices = (name: keyof Filter, all: string, options: readonly { value: string; label: string }[]) => (
    <Select
      key={name}
      aria-label={all}
      value={filter[name]}
      style={{ minWidth: 130 }}
      showSearch={options.length > 10}
      optionFilterProp="label"
      options={[{ value: '', label: all }, ...options]}
      onChange={(value: string) => change({ ...filter, [name]: value })}
    />
  );
  return (
    <div className="row">
      <Input
        aria-label={say('rank.search')}
        placeholder={say('rank.search')}
        value={filter.search}
        style={{ maxWidth: 180 }}
        onChange={(event) => change({ ...filter, search: event.target.value })}
      />
      {groupings.map((key) => {
        const values = valuesOf(rows, key);
        return values.length < 2
          ? null
          : choices(
              key,
              say(`rank.all.${key}`),
              values.map((value) => ({ value, label: nameIn(value, language) })),
            );
      })}
      {informativeTraits(rows).map((trait) =>
        choices(
          trait,
          say(`rank.all.${trait}`),
          (['yes', 'no'] as const).map((each) => ({ value: each, label: say(`rank.${each}.${trait}`) })),
        ),
      )}
      {choices(
        'band',
        say('rank.all.band'),
        bands.map((band) => ({ value: band, label: say(`band.${band}`) })),
      )}
      {choices(
        'move',
        say('rank.all.move'),
        moves.map((move) => ({ value: move, label: say(`rank.move.${move}`) })),
      )}
      {rows.some((row) => row.meetsSecondsStandard !== null) &&
        choices(
          'seconds',
          say('rank.all.seconds'),
          (['met', 'missed'] as const).map((each) => ({
            value: each,
            label: say(`rank.${each}`, { seconds: standardSeconds }),
          })),
        )}
      <Button disabled={filter === noFilter} onClick={() => change(noFilter)}>
        {say('rank.clear')}
      </Button>
    </div>
  );
};

/** What the hot band takes, by the number of test calls: a jump in counts, and the true rates behind three chances. */
const NeedsPanel = ({ monitor }: { readonly monitor: NonNullable<RankDocument['monitor']> }) => {
  const { say, format } = useSpeech();
  const told = [...new Set([5, 11, 20, 40, monitor.testCalls])].sort((a, b) => a - b);
  return (
    <Panel title={say('rank.needs')} note={say('rank.needsNote', { n: format.count(monitor.attempts) })}>
      <PlainTable
        rows={hotNeeds(told, monitor)}
        columns={[
          [say('rank.needs.tests'), 'text', (need) => format.count(need.testCalls)],
          [say('rank.needs.connected'), 'number:0', (need) => need.needed],
          ...reportedChances.map((chance, i): Column<ReturnType<typeof hotNeeds>[number]> => [
            say('rank.needs.rate', { chance: format.percent(chance, 0) }),
            'share:2',
            (need) => need.chances[i]?.testRate ?? null,
          ]),
        ]}
      />
    </Panel>
  );
};

/** Lines by province, region or city tier, and who moved from which band to which. */
const GroupsPanel = ({ ranking }: { readonly ranking: RankDocument }) => {
  const { say } = useSpeech();
  const known = groupings.filter((key) => valuesOf(ranking.hotlines, key).length > 0);
  const [by, setBy] = useState<Grouping>(known.includes('region') ? 'region' : (known[0] ?? 'region'));
  return (
    <>
      {known.length > 0 && (
        <Panel
          title={say('rank.groups')}
          note={say('rank.groupsNote', { seconds: ranking.secondsStandard.standardSeconds })}
          actions={
            <Segmented<Grouping>
              aria-label={say('rank.groupBy')}
              value={by}
              options={known.map((key) => ({ value: key, label: say(`rank.by.${key}`) }))}
              onChange={setBy}
            />
          }
        >
          <Groups ranking={ranking} by={by} />
        </Panel>
      )}
      {ranking.previousPeriod !== null && <Moves ranking={ranking} previous={ranking.previousPeriod} />}
    </>
  );
};

const Groups = ({ ranking, by }: { readonly ranking: RankDocument; readonly by: Grouping }) => {
  const { say, language, format } = useSpeech();
  const groups = useMemo(() => groupHotlines(ranking.hotlines, by), [ranking, by]);
  return (
    <PlainTable
      rows={groups}
      columns={[
        [say(`rank.by.${by}`), 'text', (group) => nameIn(group.name, language) || noFigure],
        [say('rank.hotlines'), 'number:0', (group) => group.hotlines],
        [say('figure.connectionRate'), 'share', (group) => group.connectionRate],
        ...bands.map((band): Column<(typeof groups)[number]> => [
          say(`band.${band}`),
          'number:0',
          (group) => group.inBand[band],
        ]),
        [say('rank.seconds'), 'number', (group) => group.meanSeconds],
        [
          say('rank.standard', { seconds: ranking.secondsStandard.standardSeconds }),
          'number',
          (group) =>
            group.judged === 0
              ? noFigure
              : `${format.count(group.met)} (${format.percent(group.met / group.judged, 0)})`,
        ],
      ]}
    />
  );
};

const Moves = ({ ranking, previous }: { readonly ranking: RankDocument; readonly previous: string }) => {
  const { say, format } = useSpeech();
  const counts = bandMoves(ranking.hotlines);
  const beyond = ranking.hotlines.filter((row) => row.moveBeyondChance === true).length;
  return (
    <Panel
      title={say('rank.moves', { previous, period: ranking.period })}
      note={say('rank.movesNote', { n: format.count(beyond) })}
    >
      <PlainTable
        rows={bands}
        columns={[
          [previous, 'text', (band) => <BandTag band={band} />],
          ...bands.map((to, column): Column<(typeof bands)[number]> => [
            `${ranking.period} · ${say(`band.${to}`)}`,
            'number',
            (from, row) => (
              <span
                className={from === to || counts[row]?.[column] === 0 ? '' : column < row ? 'rose' : 'fell'}
              >
                {format.count(counts[row]?.[column])}
              </span>
            ),
          ]),
        ]}
      />
    </Panel>
  );
};

/** Those most likely to fall a band first; equal chances stay in order of rank. */
const riskiestFirst = (rows: readonly Hotline[]): Hotline[] =>
  [...rows].sort((a, b) => fallChance(b) - fallChance(a) || a.rank - b.rank);

/** How many lines went from which band (rows) to which (columns), best first; lines not monitored before are left out. */
const bandMoves = (rows: readonly Hotline[]): number[][] =>
  bands.map((from) =>
    bands.map((to) => rows.filter((row) => row.previousBand === from && row.band === to).length),
  );
