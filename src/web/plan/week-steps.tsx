import { standingPlan } from '../../contract/plan-states.ts';
import { addDays, mondayOfWeek } from '../../kernel/time.ts';
import { messages } from '../../words/messages.ts';
import { callApi } from '../api/call-api.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useLoad } from '../api/use-load.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech, type PlainKey } from '../words/words.tsx';

interface Step {
  readonly name: PlainKey;
  readonly href: string;
  /** What has come of it by now. */
  readonly state: string;
  readonly isDone: boolean;
}

/** A planner's week from the data to the comparison: each step with how far it is, the next one marked. */
export const WeekSteps = ({
  workspace,
  week,
  id,
}: Pick<PageProps, 'workspace'> & { readonly week: string; readonly id: string | undefined }) => {
  const { say, language, format } = useSpeech();
  const mayRoster = may('rosters');
  const [loaded] = useLoad(`rosters of ${workspace.plans.length}`, (signal) =>
    mayRoster ? callApi('rosters', { signal }) : Promise.resolve([]),
  );
  const monday = mondayOfWeek(week) ?? '';
  const sunday = addDays(monday, 6);
  const lastDate = workspace.lastDate ?? '';
  const open = say('week.open');
  const rosters = (loaded.state === 'ready' ? loaded.value : []).filter(
    ({ from, to }) => from <= sunday && monday <= to,
  );
  const roster = rosters.find(({ publishedAt }) => publishedAt !== null) ?? rosters[0];
  const isPublished = roster !== undefined && roster.publishedAt !== null;
  const plan = workspace.plans.find((each) => each.id === id);
  // Planned again since the roster was made: what it fills is another plan.
  const isReplanned =
    roster !== undefined && (standingPlan(workspace.plans, week)?.createdAt ?? '') > roster.createdAt;
  const rostered = (isDone: boolean): string =>
    !isDone ? open : say(isReplanned ? 'week.earlierPlan' : 'week.done');
  const asPlan = (view: string) => placeHref('plan', id === undefined ? { week } : { plan: id, view });
  const rosterHref = placeHref('roster', roster === undefined ? {} : { roster: roster.id });
  const steps: readonly Step[] = [
    {
      name: 'week.data',
      href: placeHref('data'),
      state: say('week.until', { day: format.day(lastDate) }),
      isDone: addDays(lastDate, 7) >= monday,
    },
    {
      name: 'week.forecast',
      href: asPlan('forecast'),
      state: id === undefined ? open : say('week.done'),
      isDone: id !== undefined,
    },
    {
      name: 'week.plan',
      href: asPlan('answer'),
      state: plan === undefined ? open : messages('plan-state')[plan.state][language],
      isDone: id !== undefined,
    },
    {
      name: 'week.roster',
      href: rosterHref,
      state: rostered(roster !== undefined),
      isDone: roster !== undefined && !isReplanned,
    },
    {
      name: 'week.publish',
      href: rosterHref,
      state: rostered(isPublished),
      isDone: isPublished && !isReplanned,
    },
    {
      name: 'week.compare',
      href: placeHref('compare'),
      state: lastDate >= sunday ? say('week.ready') : say('week.after', { day: format.day(sunday) }),
      isDone: false,
    },
  ];
  const inSight = steps.filter(
    ({ name }) => mayRoster || (name !== 'week.roster' && name !== 'week.publish'),
  );
  const next = inSight.find(({ isDone }) => !isDone);
  return (
    <nav className="week-steps no-print" aria-label={say('week.steps')}>
      <ol>
        {inSight.map((step) => (
          <li key={step.name} className={step.isDone ? 'done' : undefined}>
            <a href={step.href} aria-current={step === next ? 'step' : undefined}>
              <strong>{say(step.name)}</strong> <small>{step.state}</small>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
};
