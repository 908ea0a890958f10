import 'katex/dist/katex.min.css';
import './site.css';

export { default } from 'vitepress/theme-without-fonts';
