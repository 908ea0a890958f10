import '@fontsource-variable/noto-sans-sc';
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
import { App } from './app.tsx';
import { applyTheme } from './ui/use-theme.ts';

applyTheme();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(<App />);
