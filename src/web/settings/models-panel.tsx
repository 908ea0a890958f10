import { Alert, Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { modelNameSchema, type ModelName } from '../../contract/http/model-name.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import type { PageProps } from '../page-props.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf, useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { modelSchemas } from '../../contract/models/model-schemas.ts';
import { ModelForm } from './model-form.tsx';
import { isRecord, type Part, type Shape } from './model-shape.ts';
import { useUnsaved } from './use-unsaved.ts';

/** The hotline's models: in forms made of their schemas, or as JSON; validated on the way back. */
export const ModelsPanel = ({ workspace, reload }: Pick<PageProps, 'workspace' | 'reload'>) => {
  const { say } = useSpeech();
  const [name, setName] = useState<ModelName>('hotline');
  const [done, setDone] = useState(false);
  // Traffic that is taken in may put another hotline in the place of the made-up one.
  const { hotline, madeUp } = workspace;
  const [model, retry] = useLoad(`model ${name} ${JSON.stringify({ hotline, madeUp })}`, (signal) =>
    callApi('model', { params: { model: name }, signal }),
  );
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
          onChange={(chosen: ModelName) => {
            setDone(false);
            setName(chosen);
          }}
        />
      }
    >
      <LoadedView loaded={model} retry={retry}>
        {(value) => (
          <ModelEditor
            key={`${name}${JSON.stringify(value)}`}
            name={name}
            value={value}
            begun={() => setDone(false)}
            again={retry}
            saved={() => {
              setDone(true);
              retry();
              reload();
            }}
          />
        )}
      </LoadedView>
      {done && <Alert type="success" role="status" showIcon title={say('models.saved')} />}
    </Panel>
  );
};

interface EditorProps {
  readonly name: ModelName;
  readonly value: unknown;
  readonly begun: () => void;
  readonly again: () => void;
  readonly saved: () => void;
}

/** Edits that are not saved yet, by model, with what they were made on: they outlive a look at another page. */
const drafts = new Map<ModelName, { readonly base: string; readonly text: string }>();

const shapeOf = (name: ModelName): Shape =>
  z.toJSONSchema(modelSchemas[name], { io: 'input', unrepresentable: 'any' }) as unknown as Shape;

/** A text as a model; undefined where it is no JSON of one. */
const parsedOf = (text: string): Part | undefined => {
  try {
    const part = JSON.parse(text) as Part;
    return isRecord(part) ? part : undefined;
  } catch {
    return undefined;
  }
};

/** Saves only what was read: a model that has changed since then is not overwritten. */
const ModelEditor = ({ name, value, begun, again, saved }: EditorProps) => {
  const { say } = useSpeech();
  const base = JSON.stringify(value, null, 2);
  const [said, setSaid] = useState(() => {
    const draft = drafts.get(name);
    return draft?.base === base ? draft.text : base;
  });
  const [way, setWay] = useState<'form' | 'json'>('form');
  const isChanged = said !== base;
  const edit = (text: string): void => {
    drafts.set(name, { base, text });
    setSaid(text);
  };
  const discard = (): void => {
    drafts.delete(name);
    setSaid(base);
  };
  useUnsaved(isChanged);
  const parsed = parsedOf(said);
  const [problem, setProblem] = useState<ProblemDetails>();
  const [syntax, setSyntax] = useState<string>();
  const [stale, setStale] = useState(false);
  const save = async (): Promise<void> => {
    setProblem(undefined);
    setSyntax(undefined);
    setStale(false);
    begun();
    let body: unknown;
    try {
      body = JSON.parse(said);
    } catch (error) {
      setSyntax(error instanceof Error ? error.message : String(error));
      return;
    }
    try {
      const now = await callApi('model', { params: { model: name } });
      if (JSON.stringify(now) !== JSON.stringify(value)) {
        setStale(true);
        return;
      }
      await callApi('putModel', { params: { model: name }, body });
      drafts.delete(name);
      saved();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      <Segmented
        aria-label={say('models.way')}
        size="small"
        value={way}
        options={(['form', 'json'] as const).map((each) => ({ value: each, label: say(`models.${each}`) }))}
        onChange={setWay}
      />
      {way === 'form' && parsed !== undefined ? (
        <ModelForm
          shape={shapeOf(name)}
          part={parsed}
          label={say(`model.${name}`)}
          change={(part) => edit(JSON.stringify(part, null, 2))}
        />
      ) : (
        <Input.TextArea
          aria-label={say('models.editor', { name: say(`model.${name}`) })}
          className="editor"
          rows={18}
          spellCheck={false}
          value={said}
          onChange={(event) => edit(event.target.value)}
        />
      )}
      {syntax !== undefined && (
        <Alert type="error" role="alert" showIcon title={say('models.notJson')} description={syntax} />
      )}
      {problem !== undefined && <ProblemView problem={problem} />}
      {stale && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={say('models.changed')}
          action={<Button onClick={again}>{say('models.readAgain')}</Button>}
        />
      )}
      <div className="row">
        <Button type="primary" onClick={() => void save()}>
          {say('models.save')}
        </Button>
        {isChanged && (
          <>
            <span className="tag warning">{say('models.unsaved')}</span>
            <Button onClick={discard}>{say('models.discard')}</Button>
          </>
        )}
      </div>
    </>
  );
};
