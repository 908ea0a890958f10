import type { PageProps } from '../page-props.ts';
import { placeHref } from '../ui/use-place.ts';
import { settingsPageWords } from '../../words/page/settings-words.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import '../style/settings.css';
import { CalendarPanel } from './calendar/calendar-panel.tsx';
import { ShiftsPanel } from './shifts/shifts-panel.tsx';
import { HoursPanel } from './hours/hours-panel.tsx';
import { modelViews, ModelViewPanel, type ModelView } from './models/model-views.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { ModelsPanel } from './models-panel.tsx';
import { QueuesPanel } from './queues/queues-panel.tsx';
import { TargetsPanel } from './targets/targets-panel.tsx';

addWords(settingsPageWords);

/** The parts of the settings, each with an address of its own; the first is what opens. */
export const settingsViews = [
  'calendar',
  'shifts',
  'targets',
  'hours',
  'queues',
  'tiers',
  'prompts',
  'levers',
  'monitor',
  'rules',
  'line',
  'all',
  'changes',
] as const;
type SettingsView = (typeof settingsViews)[number];

const viewOf = (params: URLSearchParams): SettingsView =>
  settingsViews.find((view) => view === params.get('view')) ?? 'calendar';

/** What the hotline is and wants: each part in a form of its own, all of it as JSON. */
export const SettingsPage = (props: PageProps) => {
  const { say } = useSpeech();
  const view = viewOf(props.params);
  return (
    <>
      <div className="row title">
        <h1>{say('nav.settings')}</h1>
      </div>
      <nav className="tabs" aria-label={say('settings.views')}>
        {settingsViews.map((each) => (
          <a
            key={each}
            href={placeHref('settings', { view: each })}
            aria-current={each === view ? 'page' : undefined}
          >
            {say(`settings.${each}`)}
          </a>
        ))}
      </nav>
      {view === 'calendar' && <CalendarPanel {...props} />}
      {view === 'shifts' && <ShiftsPanel {...props} />}
      {view === 'targets' && <TargetsPanel {...props} />}
      {view === 'hours' && <HoursPanel {...props} />}
      {view === 'queues' && <QueuesPanel {...props} />}
      {view in modelViews && <ModelViewPanel key={view} {...props} view={view as ModelView} />}
      {view === 'all' && <ModelsPanel {...props} />}
      {view === 'changes' && <ChangesPanel />}
    </>
  );
};
