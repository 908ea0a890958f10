import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { modelNameSchema, type ModelName } from '../../contract/http/model-name.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import type { PageProps } from '../page-props.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf, useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

/** The hotline's declarative models as JSON: read, edited, validated on the way back. */
export const ModelsPanel = ({ workspace, reload }: Pick<PageProps, 'workspace' | 'reload'>) => {
  const { say } = useSpeech();
  const [name, setName] = useState<ModelName>('hotline');
  const [done, setDone] = useState(false);
  // Traffic that is taken in may put another hotline in the place of the made-up one.
  const { hotline, madeUp } = workspace;
  const [model, retry] = useLoad(`model ${name} ${JSON.stringify({ hotline, madeUp })}`, (signal) => callApi('model', { params: { model: name }, signal }));
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

/** Saves only what was read: a model that has changed since then is not overwritten. */
const ModelEditor = ({ name, value, begun, again, saved }: EditorProps) => {
  const { say } = useSpeech();
  const [said, setSaid] = useState(() => JSON.stringify(value, null, 2));
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
      saved();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      <Input.TextArea
        aria-label={say('models.editor', { name: say(`model.${name}`) })}
        className="editor"
        rows={18}
        spellCheck={false}
        value={said}
        onChange={(event) => setSaid(event.target.value)}
      />
      {syntax !== undefined && <Alert type="error" role="alert" showIcon title={say('models.notJson')} description={syntax} />}
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
      <Button onClick={() => void save()}>{say('models.save')}</Button>
    </>
  );
};
