import '@fontsource-variable/noto-sans-sc';
import { QueryClientProvider } from '@tanstack/react-query';
import { Alert, Button, ConfigProvider, Segmented } from 'antd';
import { Component, type ReactNode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'virtual:page-font.css';
import type { EndpointName } from '../contract/http/endpoints.ts';
import { languages } from '../kernel/text.ts';
import { firstWords } from '../words/first-words.ts';
import {
  answers,
  callApi,
  goToLastLine,
  leaveLine,
  isSignedIn,
  lineHref,
  pageLine,
  token,
} from './api/call-api.ts';
import { may, pageAccess, type PageProps } from './api/page-access.ts';
import { loadAhead, useAnswer, useKeptUp } from './api/use-load.ts';
import { fetchPlan } from './plan/plan-views.ts';
import './style/base.css';
import './style/data.css';
import './style/divert.css';
import './style/frame.css';
import './style/palette.css';
import './style/panel.css';
import './style/plan.css';
import './style/print.css';
import './style/table.css';
import { antTheme } from './theme.ts';
import { later, type Later } from './ui/later.tsx';
import { LoadedView, Waiting } from './ui/states.tsx';
import { goTo, type Page, pages, placeHref, placeOf, useAsked, usePlace } from './ui/use-place.ts';
import { applyTheme, chooseTheme, themeChoices, useDark, useThemeChoice } from './ui/use-screen.ts';
import { antLocales } from './words/ant-locales.ts';
import { loadWords } from './words/load-words.ts';
import { firstLanguage, SpeechProvider, useSpeech, SpeechInZone } from './words/words.tsx';

applyTheme();

/** Fonts that desks have, Chinese among them. */
const fontsOfSystems =
  "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC'";

/** How a character is drawn by the machine's own fonts. */
const drawn = (character: string): string => {
  const canvas = document.createElement('canvas');
  canvas.width = 24;
  canvas.height = 24;
  const pen = canvas.getContext('2d');
  if (pen === null) return '';
  pen.font = `20px ${fontsOfSystems}`;
  pen.fillText(character, 1, 20);
  return canvas.toDataURL();
};

/** Whether the machine has Chinese by itself: two characters drawn alike are both the box that stands for a missing one. */
const hasChinese = (): boolean => drawn(String.fromCodePoint(0x4e2d)) !== drawn(String.fromCodePoint(0x56fd));

/** The font that comes along, a piece at a time, where it is needed; the machine's own for what else is written. */
const ownFonts =
  "'Huawu Words', system-ui, -apple-system, 'Huawu Marks', 'Noto Sans SC Variable', sans-serif";

/**
 * The page in the machine's own font where that has Chinese: nothing is loaded then. Else in the font that comes along,
 * which has to be named first: Chromium keeps the boxes of words that it laid out in a font of the machine's before their
 * piece came.
 */
const chooseFont = (): void =>
  document.documentElement.style.setProperty(
    '--font',
    hasChinese() ? `${fontsOfSystems}, sans-serif` : ownFonts,
  );

chooseFont();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
const draw = (): void => createRoot(root).render(<App />);

const pageViews: Readonly<Record<Page, Later<PageProps>>> = {
  lines: later(async () => (await import('./lines/lines-page.tsx')).LinesPage, <Waiting />),
  plan: later(async () => (await import('./plan/plan-page.tsx')).PlanPage, <Waiting />),
  roster: later(async () => (await import('./roster/roster-page.tsx')).RosterPage, <Waiting />),
  today: later(async () => (await import('./today/today-page.tsx')).TodayPage, <Waiting />),
  divert: later(async () => (await import('./divert/divert-page.tsx')).DivertPage, <Waiting />),
  compare: later(async () => (await import('./compare/compare-page.tsx')).ComparePage, <Waiting />),
  rank: later(async () => (await import('./rank/rank-page.tsx')).RankPage, <Waiting />),
  data: later(async () => (await import('./data/data-page.tsx')).DataPage, <Waiting />),
  settings: later(async () => (await import('./settings/settings-page.tsx')).SettingsPage, <Waiting />),
  members: later(async () => (await import('./members/members-page.tsx')).MembersPage, <Waiting />),
  account: later(async () => (await import('./members/account-page.tsx')).AccountPage, <Waiting />),
};

const LineSwitch = later(async () => (await import('./lines/line-switch.tsx')).LineSwitch);
const LeaveDialog = later(async () => (await import('./ui/leave-dialog.tsx')).LeaveDialog);
const DoorPage = later(async () => (await import('./door/door-page.tsx')).DoorPage, <Waiting />);

const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

/** What the reader must be able to use for a page to be of any use to them. */
const needs: Readonly<Record<Page, EndpointName>> = {
  lines: 'plans',
  plan: 'plan',
  roster: 'roster',
  today: 'day',
  divert: 'planWorld',
  compare: 'makeComparison',
  rank: 'rank',
  data: 'ingestFile',
  settings: 'putModels',
  members: 'members',
  account: 'changePassword',
};

/** Pages about accounts are of no use where nobody signs in. */
const isInSight = (page: Page, lines: number): boolean =>
  may(needs[page]) &&
  (page !== 'lines' || lines > 1) &&
  (isSignedIn() || (page !== 'members' && page !== 'account'));

const pagesInSight = (lines: number): readonly Page[] => pages.filter((page) => isInSight(page, lines));

/** Whatever the server says, what stands on the page goes. */
const signOut = (): Promise<void> =>
  callApi('signOut', { body: {} }).then(
    () => window.location.reload(),
    () => window.location.reload(),
  );

const Header = ({ page, hotline = '', lines = 0 }: Around) => {
  const { say, language, setLanguage } = useSpeech();
  const theme = useThemeChoice();
  return (
    <header className={isSignedIn() ? 'signed-in' : undefined}>
      <a className="brand" href={placeHref('plan')}>
        {firstWords['language.brand']['zh-CN']} <span>{firstWords['language.brand'].en}</span>
      </a>
      {lines > 1 ? (
        <LineSwitch hotline={hotline} />
      ) : (
        <span className="hotline" title={hotline}>
          {hotline}
        </span>
      )}
      <nav aria-label={say('nav.label')}>
        {pagesInSight(lines)
          .filter((each) => each !== 'account')
          .map((each) => (
            <a key={each} href={placeHref(each)} aria-current={each === page ? 'page' : undefined}>
              {say(`nav.${each}`)}
            </a>
          ))}
      </nav>
      <span className="switches">
        {isSignedIn() && (
          <>
            <Button size="small" href={placeHref('account')}>
              {say('nav.account')}
            </Button>
            <Button size="small" onClick={() => void signOut()}>
              {say('access.signOut')}
            </Button>
          </>
        )}
        <Segmented
          aria-label={say('nav.theme')}
          size="small"
          value={theme}
          options={themeChoices.map((each) => ({ value: each, label: say(`theme.${each}`) }))}
          onChange={chooseTheme}
        />
        <Segmented
          aria-label={say('nav.language')}
          size="small"
          value={language}
          options={languages.map((each) => ({ value: each, label: firstWords['language.name'][each] }))}
          onChange={setLanguage}
        />
      </span>
    </header>
  );
};

/** What stands around every page. */
const Frame = ({ children, ...around }: Around & { readonly children: ReactNode }) => {
  const { say, language } = useSpeech();
  const isDark = useDark();
  useFocusKept();
  const isAsked = useAsked();
  const theme = useMemo(() => {
    // Its colours are those of the page, which may not have been told yet of a system that has just turned dark.
    applyTheme();
    return antTheme(isDark);
  }, [isDark]);
  return (
    <ConfigProvider
      theme={theme}
      locale={antLocales[language]}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
    >
      <a className="skip" href="#main" onClick={skipToMain}>
        {say('nav.skip')}
      </a>
      <Header {...around} />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {isAsked && <LeaveDialog />}
      <footer>{say(pageAccess() === 'local' ? 'app.footer' : 'app.footerServer')}</footer>
    </ConfigProvider>
  );
};

const Content = () => {
  const { say, tell } = useSpeech();
  const { page: asked, params } = usePlace();
  useKeptUp(params.toString() + asked);
  const [workspace, reload] = useAnswer('workspace');
  const lines = workspace.state === 'ready' ? workspace.value.lines : 0;
  const inSight = pagesInSight(lines);
  // A bureau begins with all of its lines.
  const wanted = window.location.hash === '' && pageAccess() === 'bureau' ? 'lines' : asked;
  const page = inSight.includes(wanted) ? wanted : (inSight.find((each) => each !== 'lines') ?? wanted);
  const isGone = workspace.state === 'failed' && workspace.problem.status === 404 && pageLine() !== null;
  useEffect(() => {
    if (isGone) leaveLine();
  }, [isGone]);
  const isReady = workspace.state === 'ready';
  useEffect(() => {
    if (!isReady) return undefined;
    // One that does not come is asked for again where it is opened.
    const timer = setTimeout(() => void fetchOtherPages(lines).catch(() => undefined), restMillis);
    return () => clearTimeout(timer);
  }, [isReady, lines]);
  const PageView = pageViews[page];
  return (
    <Frame
      page={page}
      hotline={workspace.state === 'ready' ? tell(workspace.value.hotline.name) : undefined}
      lines={lines}
    >
      <LoadedView loaded={workspace} retry={reload}>
        {(value) => (
          <SpeechInZone zone={value.hotline.zone}>
            {value.movedTo !== null && (
              <Alert banner type="error" showIcon title={say('app.moved', { place: value.movedTo })} />
            )}
            {value.maintenance !== null && (
              <Alert banner title={say('app.maintenance', { why: value.maintenance.message ?? '' })} />
            )}
            {value.madeUp && <MadeUpBanner page={page} />}
            <ErrorBoundary place={page} whenBroken={<BrokenPage />}>
              <PageView workspace={value} params={params} reload={reload} />
            </ErrorBoundary>
          </SpeechInZone>
        )}
      </LoadedView>
    </Frame>
  );
};

/** Who must come in first: by signing in, as the person at the terminal, or by a one-time address. */
const Door = () => {
  const { page } = usePlace();
  return (
    <Frame page={page}>
      <DoorPage access={pageAccess()} />
    </Frame>
  );
};

/** Without a role on this line: on to one where there is one, if there is any. */
const ElsewhereOrDoor = () => {
  const [loaded] = useAnswer('lines', { query: { figures: 'false' } });
  const [first] = loaded.state === 'ready' ? loaded.value.lines : [];
  useEffect(() => {
    if (first !== undefined) window.location.replace(lineHref(first.line, window.location.hash));
  }, [first]);
  return loaded.state === 'loading' || first !== undefined ? null : <Door />;
};

const First = () => {
  const access = pageAccess();
  if (access === 'no-role') return <ElsewhereOrDoor />;
  if (access === 'sign-in' || access === 'set-up') return <Door />;
  return token() === '' ? <Door /> : <Content />;
};

const BrokenPage = () => {
  const { say } = useSpeech();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={say('state.broken')}
      description={say('state.brokenWords')}
      action={<Button onClick={() => window.location.reload()}>{say('state.reload')}</Button>}
    />
  );
};

// The address's hash names the page, so the link must not change it.
const skipToMain = (event: { preventDefault: () => void }): void => {
  event.preventDefault();
  document.getElementById('main')?.focus();
};

/** Fetches what the address shows before anything is drawn: it is then there at once. */
const fetchAhead = async (): Promise<void> => {
  if (token() === '') return;
  const { page, params } = placeOf(window.location.hash);
  const view = pageViews[page].ahead();
  const workspace = await loadAhead('workspace');
  if (page === 'plan') await fetchPlan({ workspace, params });
  await view;
};

const restMillis = 1000;

/** Fetches the code of the other pages once the first has come to rest: they then open at once. */
const fetchOtherPages = async (lines: number): Promise<void> => {
  for (const page of pagesInSight(lines)) await pageViews[page].ahead();
};

/** The web app: header, one page per journey, and the data page. */
const App = () => (
  <QueryClientProvider client={answers}>
    <SpeechProvider>
      <First />
    </SpeechProvider>
  </QueryClientProvider>
);

const FirstTour = later(async () => (await import('./tour/first-tour.tsx')).FirstTour);

/** Says that the line is made up, and shows anyone who comes first what the plan's page has. */
const MadeUpBanner = ({ page }: { readonly page: Page }) => {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(() => page === 'plan' && !isTourSeen());
  return (
    <>
      <Alert
        banner
        className="made-up"
        type="warning"
        showIcon
        title={say('app.madeUp')}
        action={
          // It shows the plan's page: a reader who watches the day is not led away from it.
          page !== 'today' && (
            <Button
              size="small"
              className="no-print"
              onClick={() => {
                goTo('plan', {});
                setOpen(true);
              }}
            >
              {say('tour.start')}
            </Button>
          )
        }
      />
      {isOpen && page === 'plan' && (
        <FirstTour
          close={() => {
            keepTourSeen();
            setOpen(false);
          }}
        />
      )}
    </>
  );
};

const storageKey = 'huawu-tour';

/** Whether this browser has seen the tour of the made-up line, or left it. */
const isTourSeen = (): boolean => window.localStorage.getItem(storageKey) !== null;

const keepTourSeen = (): void => window.localStorage.setItem(storageKey, 'seen');

/** Keeps a page that cannot be shown (a defect, or a part that no longer loads) from taking the others with it. */
class ErrorBoundary extends Component<BoundaryProps, { readonly broken: boolean }> {
  override state: { readonly broken: boolean } = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (before.place !== this.props.place && this.state.broken) this.setState({ broken: false });
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.whenBroken : this.props.children;
  }
}

/** What the focus may go to when what had it is gone: what bears a meaning of its own, from the inside out. */
const holders = '[role=dialog], form, fieldset, details, section, [role=group], main';

const holdersOf = (element: Element): HTMLElement[] => {
  const found: HTMLElement[] = [];
  for (let at = element.closest<HTMLElement>(holders); at !== null;) {
    found.push(at);
    at = at.parentElement?.closest<HTMLElement>(holders) ?? null;
  }
  return found;
};

/** Puts the focus on something that is read, not worked: it takes no turn among what Tab goes through. */
const focusHolder = (holder: HTMLElement): void => {
  if (!holder.hasAttribute('tabindex')) holder.tabIndex = -1;
  holder.focus({ preventScroll: true });
};

/**
 * Keeps the focus on the page. Where what has it goes away (a button that is pressed once, a form that is done with), the
 * browser leaves a reader by keyboard nowhere; here it goes to what stood around. Anyone who clicks beside everything gives
 * it up, and it stays so.
 */
const useFocusKept = (): void =>
  useEffect(() => {
    let last: Element | undefined;
    let around: readonly HTMLElement[] = [];
    const note = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      last = target;
      around = holdersOf(target);
    };
    const give = ({ target }: FocusEvent): void =>
      // In a moment: a browser tells of this while what is removed is still there.
      queueMicrotask(() => {
        if (last !== undefined && target === last && last.isConnected) last = undefined;
      });
    const mend = (): void => {
      if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
      const holder = around.find((each) => each.isConnected);
      if (holder !== undefined) focusHolder(holder);
    };
    const seen = new MutationObserver(mend);
    document.addEventListener('focusin', note);
    document.addEventListener('focusout', give);
    seen.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', note);
      document.removeEventListener('focusout', give);
      seen.disconnect();
    };
  }, []);

if (!goToLastLine()) {
  // Drawn once, with what is there by then: the frame alone, where the server takes longer. (No await here: what is
  // fetched imports parts of this module, and would wait for its end.)
  const moment = new Promise((resolve) => setTimeout(resolve, 300));
  const words = loadWords(firstLanguage());
  void Promise.all([words, Promise.race([fetchAhead(), moment])]).then(draw, draw);
}

/** What stands around a page of a hotline: its name, and how many hotlines the server has. */
interface Around {
  readonly page: Page;
  readonly hotline?: string | undefined;
  readonly lines?: number;
}

interface BoundaryProps {
  /** Anything that changes when the reader goes elsewhere: then the page gets another chance. */
  readonly place: string;
  readonly whenBroken: ReactNode;
  readonly children: ReactNode;
}
