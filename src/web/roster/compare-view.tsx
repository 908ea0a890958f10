import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage } from '../../kernel/text.ts';
import { rateSpan, rosterFigures } from '../../render/roster-comparison.ts';
import { saidCycle } from '../../words/roster-cycles.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** Rosters that are set beside one another at most, the latest first. */
const mostCompared = 8;

/** The rosters of the same days side by side: free, or in teams on a rotation. */
export const CompareView = ({ document: { id, from, to } }: { readonly document: RosterDocument }) => {
  const { say, language } = useSpeech();
  const format = useFormat();
  const [loaded, retry] = useLoad(`${from} ${to} ${id}`, async (signal) => {
    const all = await callApi('rosters', { signal });
    const same = all.filter((one) => one.from === from && one.to === to).slice(0, mostCompared);
    const rosters = await Promise.all(
      same.map((one) => callApi('roster', { params: { roster: one.id }, signal })),
    );
    return rosters.map(rosterFigures);
  });
  return (
    <Panel title={say('roster.view.compare')} note={say('roster.compareNote')}>
      <LoadedView loaded={loaded} retry={retry}>
        {(rosters) => (
          <PlainTable
            label={say('roster.view.compare')}
            rows={rosters}
            keyOf={(one) => one.id}
            columns={[
              {
                key: 'way',
                head: say('roster.cycle'),
                cell: ({ cycle }) =>
                  cycle === null ? say('roster.free') : inLanguage(saidCycle(cycle), language),
              },
              {
                key: 'made',
                head: say('roster.madeAt'),
                cell: (one) => (
                  <a
                    href={placeHref('roster', { roster: one.id })}
                    aria-current={one.id === id ? 'true' : undefined}
                  >
                    {format.instant(one.createdAt)} ·{' '}
                    {say(one.publishedAt === null ? 'roster.draft' : 'roster.published')}
                  </a>
                ),
              },
              {
                key: 'cost',
                head: say('roster.quality'),
                numeric: true,
                sortBy: ({ cost }) => cost,
                cell: ({ cost }) => {
                  const least = Math.min(...rosters.map((one) => one.cost));
                  return cost <= least + 1e-9
                    ? say('roster.bestOfThese')
                    : say('roster.worseBy', {
                        share: format.percent((cost - least) / Math.max(least, 1), 0),
                      });
                },
              },
              {
                key: 'open',
                head: say('roster.openHours'),
                numeric: true,
                sortBy: ({ openHours }) => openHours,
                cell: ({ openHours }) => format.decimal(openHours),
              },
              {
                key: 'hard',
                head: say('roster.hardBroken'),
                numeric: true,
                cell: ({ hardBroken }) => format.count(hardBroken),
              },
              {
                key: 'unfair',
                head: say('roster.unfair'),
                numeric: true,
                sortBy: ({ unfairCost }) => unfairCost,
                cell: ({ unfair }) => format.count(unfair),
              },
              {
                key: 'nights',
                head: say('roster.mostNights'),
                numeric: true,
                cell: ({ mostNights }) => format.count(mostNights),
              },
              {
                key: 'weekends',
                head: say('roster.mostWeekends'),
                numeric: true,
                cell: ({ mostWeekends }) => format.count(mostWeekends),
              },
              {
                key: 'rates',
                head: say('roster.rates'),
                numeric: true,
                cell: ({ rates }) => rateSpan(rates, language),
              },
              {
                key: 'teams',
                head: say('roster.inTeams'),
                numeric: true,
                cell: ({ inTeams, people }) => say('roster.ofAll', { n: inTeams, all: people }),
              },
            ]}
          />
        )}
      </LoadedView>
    </Panel>
  );
};
