// The theme's own styles first: those below go before them.
export { default } from 'vitepress/theme-without-fonts';
import '@fontsource-variable/noto-sans-sc';
import 'katex/dist/katex.min.css';
import './site.css';
