/** How printed pages look: A4, black on white, nothing cut, no row torn between two pages. */
export const printStyle = (orientation: 'portrait' | 'landscape'): string =>
  `@page{size:A4 ${orientation};margin:11mm}*{box-sizing:border-box}
body{font:13px/1.45 "Huawu Words","Noto Sans SC Variable","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:24px auto;max-width:1100px;padding:0 16px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1{font-size:20px;margin:0;line-height:1.25}h2{font-size:14px;margin:16px 0 6px;break-after:avoid}p{margin:4px 0}
table{border-collapse:collapse;width:100%;font-size:11px;overflow-wrap:break-word}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border-bottom:1px solid #d5dade;padding:3px 5px;text-align:left;vertical-align:top}th{background:#eef2f5;border-bottom:1px solid #8896a3;font-weight:600}
td.n,td.t{white-space:nowrap}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}dd small{white-space:nowrap}small{color:#4a5560;font-size:10px;font-weight:400}.note{color:#4a5560;font-size:11px}
.made-up{border:1px solid #8a5a00;background:#fff6e0;color:#5c3c00;padding:4px 8px;margin:6px 0}
dl{display:flex;flex-wrap:wrap;gap:6px;margin:10px 0}dl div{flex:1 1 125px;border:1px solid #c8ccd0;border-radius:4px;padding:5px 8px;break-inside:avoid}
dt{color:#4a5560;font-size:11px}dd{margin:0;font-size:15px;font-weight:600}svg{width:100%;height:auto;display:block;break-inside:avoid}
.short h2{color:#8f2d12}ul,ol{margin:4px 0;padding-left:20px}li{margin:2px 0;overflow-wrap:anywhere}.answer{font-size:15px;margin:10px 0}.answer p{margin:4px 0}
@media print{body{margin:0;max-width:none;padding:0${orientation === 'portrait' ? ';font-size:12px' : ''}}${orientation === 'portrait' ? 'h2{margin:9px 0 3px}.answer{font-size:13px;margin:6px 0}dl{margin:6px 0}' : ''}}`;
