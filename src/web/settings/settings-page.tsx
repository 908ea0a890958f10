import { Alert, AutoComplete, Button, Input, Select } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { AuditEntry } from '../../contract/documents/audit-document.ts';
import { type ModelName, modelNameSchema } from '../../contract/http/model-name.ts';
import { actorText, sideText, subjectText } from '../../render/audit-table.ts';
import { messages } from '../../words/messages.ts';
import { settingsPageWords } from '../../words/settings-page-words.ts';
import { callApi } from '../api/call-api.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useAnswer, useLoad } from '../api/use-load.ts';
import '../style/settings.css';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { OwnName } from '../together/own-name.tsx';
import { LoadedView } from '../ui/states.tsx';
import { changePlace, goTo, placeHref } from '../ui/use-place.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { CalendarPanel } from './calendar/calendar-panel.tsx';
import { alternatives, type Shape, shapeOf, useFieldWords } from './fields/model-shape.ts';
import { HoursPanel } from './hours/hours-panel.tsx';
import { ModelEditor } from './model-editor.tsx';
import { type ModelView, ModelViewPanel, modelViews } from './models/model-views.tsx';
import { QueuesPanel } from './queues/queues-panel.tsx';
import { ShiftsPanel } from './shifts/shifts-panel.tsx';
import { TargetsPanel } from './targets/targets-panel.tsx';
import { type EditedModels, readModel } from './use-models.ts';

const auditHeads = messages('audit-heads');

addWords(settingsPageWords);

/** The parts of the settings by how often a planner needs them; each part has an address of its own. */
const settingsGroups = {
  weekly: ['calendar'],
  sometimes: ['shifts', 'targets', 'queues', 'prompts'],
  once: ['line', 'hours', 'tiers', 'rules', 'monitor', 'levers'],
  records: ['changes', 'all'],
} as const;
type SettingsGroup = keyof typeof settingsGroups;
type SettingsView = (typeof settingsGroups)[SettingsGroup][number];

const groupNames = Object.keys(settingsGroups) as readonly SettingsGroup[];

/** Every part of the settings; the first is what opens. */
export const settingsViews: readonly SettingsView[] = groupNames.flatMap((group) => [
  ...settingsGroups[group],
]);

const viewOf = (params: URLSearchParams): SettingsView =>
  settingsViews.find((view) => view === params.get('view')) ?? 'calendar';

const groupOf = (view: SettingsView): SettingsGroup =>
  groupNames.find((group) => settingsGroups[group].some((each) => each === view)) ?? 'weekly';

/** What the hotline is and wants: each part in a form of its own, all of it as JSON. */
export const SettingsPage = (props: PageProps) => {
  const { say } = useSpeech();
  const view = viewOf(props.params);
  const group = groupOf(view);
  const parts = settingsGroups[group];
  const titles = (of: SettingsGroup): string =>
    [
      ...settingsGroups[of].map((each) => say(`settings.${each}`)),
      ...besides(of).map(({ key }) => say(key)),
    ].join(say('list.comma'));
  return (
    <>
      <div className="row title">
        <h1>{say('nav.settings')}</h1>
        <FindSetting />
      </div>
      <nav className="settings-groups" aria-label={say('settings.groups')}>
        {groupNames.map((each) => (
          <a
            key={each}
            href={placeHref('settings', { view: settingsGroups[each][0] })}
            aria-current={each === group ? 'true' : undefined}
          >
            <strong>{say(`settings.group.${each}`)}</strong>
            <small>{titles(each)}</small>
          </a>
        ))}
      </nav>
      {parts.length + besides(group).length > 1 && (
        <nav className="tabs" aria-label={say('settings.views')}>
          {parts.map((each) => (
            <a
              key={each}
              href={placeHref('settings', { view: each })}
              aria-current={each === view ? 'page' : undefined}
            >
              {say(`settings.${each}`)}
            </a>
          ))}
          {besides(group).map(({ key, href }) => (
            <a key={key} href={href}>
              {say(key)} →
            </a>
          ))}
        </nav>
      )}
      {view === 'calendar' && <CalendarPanel {...props} />}
      {view === 'shifts' && <ShiftsPanel {...props} />}
      {view === 'targets' && <TargetsPanel {...props} />}
      {view === 'hours' && <HoursPanel {...props} />}
      {view === 'queues' && <QueuesPanel {...props} />}
      {view in modelViews && <ModelViewPanel key={view} {...props} view={view as ModelView} />}
      {view === 'all' && <ModelsPanel {...props} />}
      {view === 'changes' && <ChangesPanel {...props} />}
    </>
  );
};

/** What a planner sets every week elsewhere: absences and one day's calls. */
const besides = (group: SettingsGroup) =>
  group !== 'weekly'
    ? []
    : [
        ...(may('ingestFile') ? [{ key: 'settings.people', href: placeHref('data') } as const] : []),
        ...(may('addOverrule')
          ? [{ key: 'settings.adjust', href: placeHref('plan', { adjust: 'yes' }) } as const]
          : []),
      ];

/** The models of a part of the settings; parts whose fields are no model's are found by their names. */
const modelsOf = (view: SettingsView): readonly ModelName[] => {
  switch (view) {
    case 'shifts':
    case 'targets':
      return [view];
    case 'queues':
    case 'hours':
      return ['hotline'];
    default:
      return view in modelViews ? modelViews[view as ModelView].names : [];
  }
};

/** Fields of a shape, as deep as they go: each by its name and that of the field around it. */
const fieldsIn = (shape: Shape, within: string, found: Map<string, [string, string]>): void => {
  for (const form of alternatives(shape)) {
    for (const [name, field] of Object.entries(form.properties ?? {})) {
      if (name === 'zh-CN' || name === 'en') continue;
      found.set(`${within}.${name}`, [name, within]);
      fieldsIn(field, name, found);
    }
    for (const own of [form.items, ...(form.prefixItems ?? [])])
      if (own !== undefined) fieldsIn(own, within, found);
    if (typeof form.additionalProperties === 'object') fieldsIn(form.additionalProperties, within, found);
  }
};

/** Which fields of the line's own model stand in which of its three parts. */
const isElsewhere = (view: SettingsView, name: string, within: string): boolean => {
  const isOfLine = within === '' && name !== 'queues';
  const part = [name, within].includes('openingHours') ? 'hours' : isOfLine ? 'line' : 'queues';
  return ['line', 'hours', 'queues'].includes(view) && part !== view;
};

const FindSetting = () => {
  const { say } = useSpeech();
  const { nameOf } = useFieldWords();
  const [text, setText] = useState('');
  const all = useMemo(
    () =>
      settingsViews.flatMap((view) => {
        const fields = new Map<string, [string, string]>();
        for (const model of modelsOf(view)) fieldsIn(shapeOf(model), '', fields);
        const names = [...fields.values()]
          .filter(([name, within]) => !isElsewhere(view, name, within))
          .map(([name, within]) => ({ name: nameOf(name, within), isNamed: nameOf(name, within) !== name }))
          .filter(({ isNamed }) => isNamed)
          .map(({ name }) => name);
        return [undefined, ...new Set(names)].map((field) => ({ view, field }));
      }),
    // The names follow the language that `say` speaks.
    [say],
  );
  const wanted = text.trim().toLowerCase();
  const options = all
    .map(({ view, field }) => ({
      view,
      field,
      value: field === undefined ? say(`settings.${view}`) : `${field} · ${say(`settings.${view}`)}`,
    }))
    .filter(({ value }) => wanted !== '' && value.toLowerCase().includes(wanted))
    .slice(0, mostFound);
  return (
    <AutoComplete
      className="find-setting"
      value={text}
      options={options.map(({ value }) => ({ value }))}
      onChange={setText}
      onSelect={(value) => {
        const chosen = options.find((each) => each.value === value);
        if (chosen === undefined) return;
        setText('');
        goTo('settings', { view: chosen.view });
        if (chosen.field !== undefined) showField(chosen.field);
      }}
      showSearch={{ filterOption: false }}
      defaultActiveFirstOption
      placeholder={say('settings.find')}
      aria-label={say('settings.find')}
    />
  );
};

const mostFound = 12;
const showTries = 20;

/** Brings the first field of a name into sight once its form has come. */
const showField = (field: string, tries = showTries): void => {
  const named = [
    ...document.querySelectorAll<HTMLElement>('main label, main summary, main h3, main th, .setting-name'),
  ];
  const found = named.find(({ textContent }) => textContent.trim().startsWith(field));
  const folded = found?.closest('details');
  if (folded) folded.open = true;
  if (found !== undefined) found.scrollIntoView({ block: 'center' });
  else if (tries > 0) setTimeout(() => showField(field, tries - 1), 150);
};

const step = 100;
const most = 1000;

/** The log of changes: who, when, what, before and after, and whether it is whole. */
const ChangesPanel = ({ workspace }: PageProps) => {
  const { say } = useSpeech();
  const [limit, setLimit] = useState(step);
  const [log, retry] = useAnswer('audit', { query: { limit } });
  return (
    <Panel title={say('settings.changes')} note={say('changes.note')} actions={<OwnName />}>
      <LoadedView loaded={log} retry={retry}>
        {({ entries, chain: { broken, entries: n, head } }) => (
          <>
            {broken.length > 0 ? (
              <Alert type="error" role="alert" showIcon title={say('changes.broken', { n: broken.length })} />
            ) : (
              <p>
                {n === 0
                  ? say('changes.none')
                  : say('changes.whole', { n, seal: head?.seal.slice(0, 12) ?? '' })}
              </p>
            )}
            {entries.length > 0 && <Entries entries={entries} workspace={workspace} />}
            {entries.length === limit && limit < most && (
              <Button onClick={() => setLimit(limit + step)}>{say('changes.earlier')}</Button>
            )}
          </>
        )}
      </LoadedView>
    </Panel>
  );
};

const Entries = ({
  entries,
  workspace,
}: Pick<PageProps, 'workspace'> & { readonly entries: readonly AuditEntry[] }) => {
  const { say, language } = useSpeech();
  const changed = modelNameSchema.options.filter((name) =>
    entries.some(({ action, subject }) => action === 'models-changed' && subject === name),
  );
  // Until they are read, and where they cannot be, their entries go by their keys; what has gone is still called as it was.
  const [read] = useLoad(`models of changes ${changed.join()}`, async (signal) =>
    Promise.all(
      changed.flatMap((model) => [
        readModel(model, signal),
        ...(may('earlierModels') ? [callApi('earlierModels', { params: { model }, signal })] : []),
      ]),
    ),
  );
  const models = [workspace.hotline, read.state === 'ready' ? read.value : undefined];
  // Who works when, and why, is kept with the roster: the log itself names nobody.
  const rosters = may('rosterChanges')
    ? [...new Set(entries.flatMap(({ action, subject }) => (action === 'roster-changed' ? [subject] : [])))]
    : [];
  const [kept] = useLoad(`changes of ${rosters.join()} ${language}`, async (signal) => {
    const { movesText } = await import('../../render/roster-text.ts');
    const each = rosters.map(async (id) => {
      const asked = { params: { roster: id }, signal };
      const [names, changes] = await Promise.all([callApi('roster', asked), callApi('rosterChanges', asked)]);
      return changes.map(({ moves, why }) => [
        movesText(moves, names, language),
        why === '' ? '' : say('changes.why', { why }),
      ]);
    });
    // a roster that has gone since takes nothing from the others
    const settled = await Promise.allSettled(each);
    return new Map(
      settled.map((one, at) => [rosters[at], one.status === 'fulfilled' ? one.value : undefined]),
    );
  });
  const [known] = useAnswer('rosters');
  const isThere = (roster: string): boolean =>
    known.state === 'ready' && known.value.some(({ id }) => id === roster);
  const side = (entry: AuditEntry, of: 'before' | 'after'): ReactNode => {
    const changes = kept.state === 'ready' && of === 'after' ? kept.value.get(entry.subject) : undefined;
    const text = sideText(entry[of], { language, action: entry.action, models });
    const told = changes?.[Number(entry.after?.['revision']) - 1] ?? [];
    return [text, ...told].filter((line) => line !== '').map((line) => <div key={line}>{line}</div>);
  };
  const { format } = useSpeech();
  return (
    <PlainTable
      rows={entries}
      keyOf={({ number }) => String(number)}
      stacks
      columns={[
        [auditHeads.number[language], 'text', ({ number }) => number],
        [auditHeads.at[language], 'text', ({ at }) => format.instant(at)],
        [auditHeads.who[language], 'text', ({ actor }) => actorText(actor, language)],
        [auditHeads.what[language], 'text', ({ action }) => messages('audit-action')[action][language]],
        [
          auditHeads.subject[language],
          'text',
          (entry) =>
            isThere(entry.subject) ? (
              <a href={placeHref('roster', { roster: entry.subject, view: 'changes' })}>
                {subjectText(entry, language, models)}
              </a>
            ) : workspace.plans.some(({ id }) => id === entry.subject) ? (
              <a href={placeHref('plan', { plan: entry.subject })}>{entry.subject}</a>
            ) : (
              subjectText(entry, language, models)
            ),
        ],
        [auditHeads.before[language], 'text', (entry) => side(entry, 'before'), { wide: true }],
        [auditHeads.after[language], 'text', (entry) => side(entry, 'after'), { wide: true }],
      ]}
    />
  );
};

/** Every model as JSON, checked like the forms: for anyone who knows the files. */
const ModelsPanel = ({ workspace, params, reload }: PageProps) => {
  const { say } = useSpeech();
  const name = modelNameSchema.safeParse(params.get('model')).data ?? 'hotline';
  return (
    <Panel
      title={say('models.title')}
      note={say('models.note')}
      actions={
        <Select
          aria-label={say('models.which')}
          value={name}
          style={{ minWidth: 200 }}
          options={modelNameSchema.options.map((each) => ({ value: each, label: say(`model.${each}`) }))}
          onChange={(chosen: ModelName) => changePlace({ model: chosen })}
        />
      }
    >
      <ModelEditor key={name} names={[name]} workspace={workspace} reload={reload}>
        {(models) => <AnyModel name={name} models={models} />}
      </ModelEditor>
    </Panel>
  );
};

const AnyModel = ({ name, models }: { readonly name: ModelName; readonly models: EditedModels }) => {
  const { say } = useSpeech();
  return (
    <Input.TextArea
      aria-label={say('models.editor', { name: say(`model.${name}`) })}
      className="editor"
      rows={24}
      spellCheck={false}
      value={models.text(name)}
      onChange={(event) => models.editText(name, event.target.value, 'json')}
    />
  );
};
