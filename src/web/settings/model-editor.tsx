import { Alert, Button } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { ModelName } from '../../contract/http/model-name.ts';
import { changesBetween, mergeEdits, pathKey } from '../../kernel/merge-edits.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useLoad } from '../api/use-load.ts';
import { allChosen, type Choices, MergeTable, type TheirChange } from '../together/merge-table.tsx';
import { Presence } from '../together/presence.tsx';
import { later } from '../ui/later.tsx';
import { ProblemLines } from '../ui/problems-table.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech, withMinus } from '../words/words.tsx';
import {
  alternatives,
  filledShape,
  isShare,
  type Shape,
  shapeOf,
  useFieldWords,
} from './fields/model-shape.ts';
import {
  type EditedModels,
  type ModelMeanwhile,
  percentOf,
  readModel,
  type ReadModels,
  useModels,
} from './use-models.ts';

const EarlierDrawer = later(async () => (await import('./earlier-drawer.tsx')).EarlierDrawer);

interface ModelEditorProps extends Pick<PageProps, 'workspace' | 'reload'> {
  /** Models that are edited here, and saved together. */
  readonly names: readonly ModelName[];
  readonly children: (models: EditedModels) => ReactNode;
}

/** Reads models, has them edited, and keeps them: unsaved edits are guarded, taken back step by step, checked on the way. */
export const ModelEditor = ({ names, workspace, reload, children }: ModelEditorProps) => {
  // Traffic that is imported may put another hotline in the place of the made-up one.
  const { hotline, madeUp } = workspace;
  const [models, retry] = useLoad(
    `models ${names.join()} ${JSON.stringify({ hotline, madeUp })}`,
    async (signal) =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await readModel(name, signal)] as const)),
      ),
  );
  return (
    <LoadedView loaded={models} retry={retry}>
      {(read) => (
        <Edited
          read={read}
          saved={() => {
            retry();
            reload();
          }}
        >
          {children}
        </Edited>
      )}
    </LoadedView>
  );
};

const Edited = ({
  read,
  saved,
  children,
}: {
  readonly read: ReadModels;
  readonly saved: () => void;
  readonly children: ModelEditorProps['children'];
}) => {
  const models = useModels(read, saved);
  return (
    <>
      <Presence places={Object.keys(read).map((name) => `model/${name}`)} isEditing={models.isChanged} />
      {children(models)}
      <SaveRow models={models} names={Object.keys(read) as ModelName[]} />
    </>
  );
};

/** Keeping, taking back and discarding edits, and what came of it. */
const SaveRow = ({
  models,
  names,
}: {
  readonly models: EditedModels;
  readonly names: readonly ModelName[];
}) => {
  const { say } = useSpeech();
  const { nameOf } = useFieldWords();
  const [isOpen, setOpen] = useState(false);
  const { outcome } = models;
  // What can be corrected by a press is offered at once, the rest once somebody has tried to save.
  const wrong = models.problems.filter(({ pair }) => outcome?.state === 'wrong' || pair !== undefined);
  return (
    <div className="settings-save">
      {outcome?.state === 'not-json' && (
        <Alert type="error" role="alert" showIcon title={say('models.notJson')} description={outcome.said} />
      )}
      {wrong.length > 0 && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={say('models.wrong', { n: wrong.length })}
          description={wrong.map(({ problem, pair }) =>
            pair === undefined ? (
              <ProblemLines key={JSON.stringify(problem)} problems={[problem]} />
            ) : (
              <div key={JSON.stringify(problem)} className="row">
                {[...problem.path.split(' › ').slice(0, -1), withMinus(pair.said)].join(' › ')}
                <Button size="small" onClick={pair.mend}>
                  {pair.offer}
                </Button>
              </div>
            ),
          )}
        />
      )}
      {outcome?.state === 'odd' && (
        <Alert
          type="warning"
          role="alert"
          showIcon
          title={say('models.odd')}
          description={
            <>
              {outcome.changes.map(({ model, path, before, after }) => (
                <div key={JSON.stringify([model, path])}>
                  {[say(`model.${model}`), ...path.map((part) => nameOf(part))].join(' › ')}
                  {say('models.colon')}
                  {before === null || before === undefined
                    ? lineOf(model, path, after)
                    : `${lineOf(model, path, before)} → ${lineOf(model, path, after)}`}
                </div>
              ))}
              <Button size="small" loading={models.saving} onClick={() => void models.save(true)}>
                {say('models.saveOdd')}
              </Button>
            </>
          }
        />
      )}
      {outcome?.state === 'refused' && <ProblemView problem={outcome.problem} />}
      {outcome?.state === 'stale' && (
        <MergeModels
          meanwhile={outcome.meanwhile}
          save={(merged) => void models.saveMerged(outcome.meanwhile, merged)}
        />
      )}
      {outcome?.state === 'saved' && !models.isChanged && (
        <Alert
          type={outcome.isSame ? 'info' : 'success'}
          role="status"
          showIcon
          title={say(outcome.isSame ? 'models.nothingChanged' : 'models.saved')}
          action={outcome.isSame ? undefined : <PlanNow />}
        />
      )}
      <div className="row">
        <Button type="primary" loading={models.saving} onClick={() => void models.save()}>
          {say('models.save')}
        </Button>
        <Button disabled={!models.canUndo} onClick={models.undo}>
          {say('models.undo')}
        </Button>
        {models.isChanged && !models.saving && (
          <>
            <Button onClick={models.discard}>{say('models.discard')}</Button>
            <span className="tag warning">{say('models.unsaved')}</span>
          </>
        )}
        {may('earlierModels') && <Button onClick={() => setOpen(true)}>{say('earlier.open')}</Button>}
      </div>
      {isOpen && <EarlierDrawer names={names} models={models} close={() => setOpen(false)} />}
    </div>
  );
};

/** What was saved counts from the next plan on: the way to make it. */
export const PlanNow = () => {
  const { say } = useSpeech();
  if (!may('makePlan')) return null;
  return (
    <a className="button" href={placeHref('plan', { now: '1' })}>
      {say('settings.planNow')}
    </a>
  );
};

const keyOf = (name: ModelName, path: readonly string[]): string => `${name} ${pathKey(path)}`;

/** Models with both sides' changes in them; where both changed one place, as it was chosen. */
const mergedModels = (
  meanwhile: readonly ModelMeanwhile[],
  choices: Choices,
): ReadonlyMap<ModelName, unknown> =>
  new Map(
    meanwhile.map(({ name, ...sides }) => {
      const taken = mergeEdits(sides)
        .collisions.map(({ path }) => path)
        .filter((path) => choices.get(keyOf(name, path)) === 'theirs');
      return [name, mergeEdits(sides, new Set(taken.map(pathKey))).value];
    }),
  );

const shown = 60;

/** A value of a model on one line, a share in percent as its form has it. */
const lineOf = (name: ModelName, path: readonly string[], value: unknown): string => {
  const shape = typeof value === 'number' ? shapeAt(shapeOf(name), path) : undefined;
  if (typeof value === 'number' && shape !== undefined && isShare(filledShape(shape).shape))
    return `${percentOf(value)}%`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shown ? `${text.slice(0, shown - 1)}…` : text;
};

/** What others changed in models, what of it collides with the reader's edits, and one button that keeps both. */
const MergeModels = ({
  meanwhile,
  save,
}: {
  readonly meanwhile: readonly ModelMeanwhile[];
  readonly save: (merged: ReadonlyMap<ModelName, unknown>) => void;
}) => {
  const { say } = useSpeech();
  const { nameOf } = useFieldWords();
  const [choices, choose] = useState<Choices>(new Map());
  const changes = useMemo(() => {
    return meanwhile.flatMap(({ name, ...sides }): TheirChange[] => {
      const said = (path: readonly string[], value: unknown): string =>
        value === undefined ? say('together.notThere') : lineOf(name, path, value);
      const place = (path: readonly string[]) => ({
        key: keyOf(name, path),
        where: [say(`model.${name}`), ...path.map((part) => nameOf(part))].join(' › '),
      });
      const { collisions } = mergeEdits(sides);
      const asked = collisions.map(({ path, base, mine, theirs }) => ({
        ...place(path),
        was: said(path, base),
        theirs: said(path, theirs),
        mine: said(path, mine),
      }));
      const known = new Set(asked.map(({ key }) => key));
      const taken = changesBetween(sides.base, sides.theirs).map(({ path, before, after }) => ({
        ...place(path),
        was: said(path, before),
        theirs: said(path, after),
      }));
      return [...asked, ...taken.filter(({ key }) => !known.has(key))];
    });
  }, [meanwhile, say, nameOf]);
  return (
    <Alert
      type="warning"
      role="alert"
      showIcon
      title={say('together.changed')}
      description={
        <>
          <MergeTable changes={changes} choices={choices} choose={choose} />
          <Button
            type="primary"
            disabled={!allChosen(changes, choices)}
            onClick={() => save(mergedModels(meanwhile, choices))}
          >
            {say('together.save')}
          </Button>
        </>
      }
    />
  );
};

/** The shape of a place in a model, an entry of a list by whatever names it; undefined where it has none. */
const shapeAt = (shape: Shape, path: readonly string[]): Shape | undefined =>
  path.reduce<Shape | undefined>((at, key) => {
    const forms = at === undefined ? [] : alternatives(filledShape(at).shape);
    return forms
      .map(
        ({ items, properties, additionalProperties: others }) =>
          items ?? properties?.[key] ?? (typeof others === 'object' ? others : undefined),
      )
      .find((found) => found !== undefined);
  }, shape);
