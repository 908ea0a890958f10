import { Fragment, useState } from 'react';
import { Button } from 'antd';
import { apiAddress } from '../api/api-address.ts';
import { Figure } from '../ui/panel.tsx';
import { afterAsking, placeHref, placeOf, placeWith } from '../ui/use-place.ts';
import { useUnsaved } from '../ui/use-unsaved.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { BalancePanel, CellPanel } from './cell-panel.tsx';
import { CompareView } from './compare-view.tsx';
import { ChangesView } from './changes-view.tsx';
import { DayPanel } from './day-panel.tsx';
import { IllDrawer } from './ill-drawer.tsx';
import { LeavePanel } from './leave-panel.tsx';
import { HoursChain } from '../ui/hours-chain.tsx';
import { openHours } from './open-hours.ts';
import { OwnView } from './own-view.tsx';
import { LookView } from './look-view.tsx';
import { may } from '../api/page-access.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { RosterFilters, useShownPeople } from './roster-filters.tsx';
import { RosterGrid } from './roster-grid.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { rosterViews } from './roster-views.ts';
import { Presence } from '../together/presence.tsx';
import { SaveBar } from './save-bar.tsx';
import { useDraft, type Cell, type DraftControl, type RosterParts } from './use-draft.ts';
import { useDayRate, type DayRates } from './use-day-rate.ts';

/** A roster as it is looked at; with its parts for whoever may change it. */
export interface RosterLook extends Pick<RosterParts, 'document' | 'changes'> {
  readonly parts?: RosterParts;
}

/** Whoever sees nobody's duties but their own has neither the grid nor anything to compare. */
const viewsInSight = (): readonly (typeof rosterViews)[number][] =>
  may('plan') ? rosterViews : rosterViews.filter((view) => view === 'own' || view === 'changes');

/** One roster in its views. */
export const RosterView = ({
  params,
  reload,
  document,
  changes,
  parts,
}: RosterLook & { readonly params: URLSearchParams; readonly reload: () => void }) => {
  const { say } = useSpeech();
  const views = viewsInSight();
  const view = views.find((each) => each === params.get('view')) ?? views[0];
  return (
    <>
      <div className="row roster-views">
        <nav className="tabs" aria-label={say('roster.views')}>
          {views.map((each) => (
            <a key={each} href={placeWith({ view: each })} aria-current={each === view ? 'page' : undefined}>
              {say(`roster.view.${each}`)}
            </a>
          ))}
        </nav>
        <RosterActions document={document} reload={reload} />
      </div>
      {view === 'own' && <OwnView document={document} operator={params.get('operator')} />}
      {view === 'compare' && <CompareView document={document} />}
      {view === 'changes' && <ChangesView document={document} changes={changes} />}
      {view === 'grid' &&
        (parts === undefined ? (
          <LookView document={document} />
        ) : (
          <GridView key={document.createdAt} parts={parts} reload={reload} />
        ))}
      <FilledPlans document={document} />
    </>
  );
};

/** The plans whose shifts the roster fills, each a link for whoever may look at plans. */
const FilledPlans = ({ document }: Pick<RosterParts, 'document'>) => {
  const { say } = useSpeech();
  const plans = [...new Set(document.days.map(({ plan }) => plan))];
  if (plans.length === 0 || !may('plan')) return null;
  return (
    <p className="note">
      {say('roster.fills')}{' '}
      {plans.map((plan, at) => (
        <Fragment key={plan}>
          {at > 0 && ' · '}
          <a href={placeHref('plan', { plan })}>{plan}</a>
        </Fragment>
      ))}
    </p>
  );
};

const RosterActions = ({
  document,
  reload,
}: Pick<RosterParts, 'document'> & { readonly reload: () => void }) => {
  const { say, language } = useSpeech();
  const [publishing, setPublishing] = useState(false);
  const file = (format: string): string =>
    apiAddress('rosterFile', { roster: document.id }, { format, language });
  return (
    <span className="row roster-actions no-print">
      <Button href={file('html')} target="_blank">
        {say('roster.wall')}
      </Button>
      {(['xlsx', 'csv', 'ics'] as const).map((format) => (
        <Button key={format} href={file(format)} download>
          {format.toUpperCase()}
        </Button>
      ))}
      {document.publishedAt === null && may('publishRoster') && (
        <Button type="primary" onClick={() => afterAsking(() => setPublishing(true))}>
          {say('roster.publish')}
        </Button>
      )}
      {publishing && (
        <PublishDialog
          roster={document}
          close={() => setPublishing(false)}
          done={() => {
            setPublishing(false);
            reload();
          }}
        />
      )}
    </span>
  );
};

const GridView = ({ parts, reload }: { readonly parts: RosterParts; readonly reload: () => void }) => {
  const control = useDraft(parts);
  const here = placeOf(window.location.hash).params.get('roster');
  useUnsaved(
    control.edited > 0,
    ({ page, params }) =>
      page === 'roster' && params.get('roster') === here && (params.get('view') ?? 'grid') === 'grid',
  );
  const [cell, setCell] = useState<Cell>({ person: 0, day: 0 });
  const [swapFrom, setSwapFrom] = useState<Cell>();
  const [ill, setIll] = useState<Cell>();
  const [shown, filter, setFilter] = useShownPeople(parts.document);
  const rates = useDayRate(parts, control, cell.day);
  const swap = (at: Cell): void => {
    if (swapFrom === undefined) setSwapFrom(at);
    else {
      if (swapFrom.person !== at.person) control.swap(swapFrom, at);
      setSwapFrom(undefined);
    }
  };
  const isOnDuty = (at: Cell): boolean => control.draft.optionOn(at.person, at.day) > 0;
  const askIll = (at: Cell): void => {
    if (control.edited === 0 && isOnDuty(at)) setIll(at);
  };
  return (
    <>
      <Presence places={[`roster/${parts.document.id}`]} isEditing={control.edited > 0} />
      <SaveBar parts={parts} control={control} reload={reload} />
      <RosterFilters document={parts.document} filter={filter} change={setFilter} shown={shown.length} />
      <div className="roster-main">
        <RosterGrid
          parts={parts}
          control={control}
          people={shown}
          tier={filter.tier === '' ? undefined : filter.tier}
          cell={cell}
          choose={setCell}
          swapFrom={swapFrom}
          swap={swap}
          ill={askIll}
        />
        <CellPanel parts={parts} control={control} cell={cell} swapFrom={swapFrom} swap={swap} ill={askIll} />
      </div>
      <RosterFigures parts={parts} control={control} rates={rates} day={cell.day} />
      <div className="roster-sides">
        <BalancePanel document={parts.document} control={control} person={cell.person} />
        <DayPanel
          parts={parts}
          day={cell.day}
          tier={filter.tier === '' ? undefined : filter.tier}
          operators={rates.operators}
        />
        <RulesPanel parts={parts} control={control} />
        <LeavePanel document={parts.document} />
      </div>
      <HoursChain
        chains={(parts.document.chain ?? []).map(({ week, steps }) => ({ name: week, steps }))}
        note="rosterNote"
      />
      {ill !== undefined && (
        <IllDrawer
          parts={parts}
          cell={ill}
          close={() => setIll(undefined)}
          taken={() => {
            setIll(undefined);
            reload();
          }}
        />
      )}
    </>
  );
};

/** What moves as one edits: the day's connection rate, open duties, rules and wishes. */
const RosterFigures = ({
  parts: { document },
  control: { now, before },
  rates,
  day,
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
  readonly rates: DayRates;
  readonly day: number;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const open = now.gaps.filter(({ missing }) => missing > 0);
  const { date = '' } = document.days[day] ?? {};
  const week = document.projection[Math.floor((day + ((document.days[0]?.weekday ?? 1) - 1)) / 7)];
  const change = now.cost - before.cost;
  const gap = document.cost.gap;
  const better =
    Math.abs(change) > 1e-9
      ? say(change > 0 ? 'roster.editsWorse' : 'roster.editsBetter')
      : gap === null
        ? undefined
        : say('roster.gap', { gap: format.percent(gap, 0) });
  return (
    <section className="figures" aria-label={say('nav.roster')} aria-live="polite">
      <Figure
        label={say('roster.rate', { day: format.day(date) })}
        value={format.percent(rates.now, 2)}
        words={say('roster.rateWords', { change: format.points(rates.now - rates.before, 2) })}
      />
      <Figure
        label={say('roster.open')}
        value={format.count(open.reduce((sum, { missing }) => sum + missing, 0))}
        tone={open.length > 0 ? 'bad' : 'good'}
        words={say('roster.openWords', { hours: format.decimal(openHours(now, document)) })}
      />
      {week !== undefined && (
        <Figure
          label={say('roster.weekRate')}
          value={format.percent(week.roster)}
          words={say('roster.weekRateWords', { planned: format.percent(week.planned) })}
        />
      )}
      <Figure
        label={say('roster.hardBroken')}
        value={format.count(now.hardBroken.length)}
        tone={now.hardBroken.length > 0 ? 'bad' : 'good'}
      />
      <Figure
        label={say('roster.wishesMissed')}
        value={format.count(now.broken.length - now.hardBroken.length)}
        range={better}
        words={say('roster.wishesWords')}
      />
    </section>
  );
};
