import { Alert, Button, Divider, Form, Input } from 'antd';
import { useState } from 'react';
import type { PageAccess } from '../../contract/access/rights.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import { doorWords } from '../../words/door-words.ts';
import { ApiError, callApi } from '../api/call-api.ts';
import { Panel } from '../ui/panel.tsx';
import { EmptyView, ProblemView } from '../ui/states.tsx';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(doorWords);

/** Sends a form; let in, the page is opened again, now with what the person signed in may see. */
const useDoor = (): {
  readonly busy: boolean;
  readonly problem: ProblemDetails | undefined;
  readonly send: (call: () => Promise<unknown>) => Promise<void>;
} => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDetails>();
  const send = async (call: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call();
      window.location.reload();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.problem);
      setBusy(false);
    }
  };
  return { busy, problem, send };
};

/** What the provider is called through which people also sign in; empty: there is none. */
const openIdName = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="huawu-openid"]')?.content ?? '';

const refusals = ['openid-refused', 'openid-away', 'openid-unknown'] as const;

/** Why signing in elsewhere came to nothing, as the address says it; taken out of it, so that it is said once. */
const takeRefusal = (): `door.${(typeof refusals)[number]}` | undefined => {
  const address = new URL(window.location.href);
  const given = address.searchParams.get('refused');
  address.searchParams.delete('refused');
  if (given !== null) window.history.replaceState(null, '', address);
  const code = refusals.find((each) => each === given);
  return code === undefined ? undefined : `door.${code}`;
};

const SignInForm = ({ turn }: { readonly turn: () => void }) => {
  const { say } = useSpeech();
  const { busy, problem, send } = useDoor();
  const [refused] = useState(takeRefusal);
  return (
    <Panel title={say('door.title')}>
      {refused !== undefined && problem === undefined && (
        <Alert type="error" showIcon role="alert" title={say(refused)} />
      )}
      {problem !== undefined && <ProblemView problem={problem} />}
      {openIdName() !== '' && (
        <>
          <Button href="/sign-in/openid" block>
            {say('door.openId', { name: openIdName() })}
          </Button>
          <Divider plain>{say('door.or')}</Divider>
        </>
      )}
      <Form<{ user: string; password: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={(body) => void send(() => callApi('signIn', { body }))}
      >
        <Form.Item name="user" label={say('door.user')} rules={[{ required: true, message: '' }]}>
          <Input autoComplete="username" autoFocus maxLength={64} />
        </Form.Item>
        <Form.Item name="password" label={say('door.password')} rules={[{ required: true, message: '' }]}>
          <Input.Password autoComplete="current-password" maxLength={1024} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block>
          {say('door.signIn')}
        </Button>
      </Form>
      <p>
        <Button type="link" onClick={turn}>
          {say('door.haveCode')}
        </Button>
      </p>
    </Panel>
  );
};

interface CodeFields {
  readonly code: string;
  readonly user: string;
  readonly name?: string;
  readonly password: string;
}

const CodeForm = ({ first, turn }: { readonly first: boolean; readonly turn: () => void }) => {
  const { say } = useSpeech();
  const { busy, problem, send } = useDoor();
  return (
    <Panel
      title={say(first ? 'door.setUp' : 'door.choose')}
      note={say(first ? 'door.setUpNote' : 'door.chooseNote')}
    >
      {problem !== undefined && <ProblemView problem={problem} />}
      <Form<CodeFields>
        layout="vertical"
        requiredMark={false}
        onFinish={(body) => void send(() => callApi('setUp', { body }))}
      >
        <Form.Item name="code" label={say('door.code')} rules={[{ required: true, message: '' }]}>
          <Input autoComplete="one-time-code" autoFocus maxLength={40} />
        </Form.Item>
        <Form.Item name="user" label={say('door.user')} rules={[{ required: true, message: '' }]}>
          <Input autoComplete="username" maxLength={64} />
        </Form.Item>
        {first && (
          <Form.Item name="name" label={say('door.name')} rules={[{ required: true, message: '' }]}>
            <Input autoComplete="name" maxLength={80} />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label={say('door.newPassword')}
          extra={say('door.passwordNote')}
          rules={[{ required: true, message: '' }]}
        >
          <Input.Password autoComplete="new-password" maxLength={1024} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block>
          {say('door.begin')}
        </Button>
      </Form>
      {!first && (
        <p>
          <Button type="link" onClick={turn}>
            {say('door.toSignIn')}
          </Button>
        </p>
      )}
    </Panel>
  );
};

/** What a browser sees that did not come by a one-time address: how to get one. */
const NotLetIn = () => {
  const { say } = useSpeech();
  return (
    <EmptyView title={say('access.title')}>
      <p>{say('access.why')}</p>
      <p>{say('access.terminal')}</p>
      <p>
        {say('access.again')} <code>npx huawu open</code>
      </p>
      <p>{say('access.workspace')}</p>
    </EmptyView>
  );
};

/** What a browser sees that is not signed in, or is and has no role on this hotline. */
export const DoorPage = ({ access }: { readonly access: PageAccess }) => {
  const { say } = useSpeech();
  return (
    <div className={access === 'local' || access === 'no-role' ? undefined : 'door'}>
      <h1>{say('language.brand')}</h1>
      <Door access={access} />
    </div>
  );
};

const Door = ({ access }: { readonly access: PageAccess }) => {
  const { say } = useSpeech();
  const [hasCode, setHasCode] = useState(access === 'set-up');
  if (access === 'local') return <NotLetIn />;
  if (access === 'no-role')
    return (
      <EmptyView title={say('door.noRole')}>
        <p>{say('door.noRoleNote')}</p>
      </EmptyView>
    );
  return hasCode ? (
    <CodeForm first={access === 'set-up'} turn={() => setHasCode(false)} />
  ) : (
    <SignInForm turn={() => setHasCode(true)} />
  );
};
