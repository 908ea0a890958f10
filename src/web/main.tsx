import '@fontsource-variable/noto-sans-sc';
import 'virtual:page-font.css';
import './style/palette.css';
import './style/base.css';
import './style/frame.css';
import './style/panel.css';
import './style/table.css';
import './style/plan.css';
import './style/data.css';
import './style/divert.css';
import './style/print.css';
import { createRoot } from 'react-dom/client';
import { goToLastLine } from './api/api-address.ts';
import { App, fetchAhead } from './app.tsx';
import { chooseFont } from './ui/choose-font.ts';
import { applyTheme } from './ui/use-theme.ts';

applyTheme();
chooseFont();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
const draw = (): void => createRoot(root).render(<App />);
if (!goToLastLine()) {
  // Drawn once, with what is there by then: the frame alone, where the server takes longer. (No await here: what is
  // fetched imports parts of this module, and would wait for its end.)
  const moment = new Promise((resolve) => setTimeout(resolve, 300));
  void Promise.race([fetchAhead(), moment]).then(draw, draw);
}
