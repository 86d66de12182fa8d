/** How the page looks: in colour and without, on a screen of any width, and on paper. */
export const style = `
:root {
    --ground: #f4f6f8; --card: #fff; --text: #17202b; --muted: #566170; --rule: #dde3ea; --track: #edf0f4;
    --accent: #2457b8; --bad: #a8201a; --bad-ground: #fdecea; --warn: #7a4d00; --warn-ground: #fdf3dc; --good: #1b6238; --good-ground: #e5f4ea;
}
@media (prefers-color-scheme: dark) {
    :root {
        --ground: #11161d; --card: #1a212b; --text: #e6ebf1; --muted: #9ba7b5; --rule: #303a47; --track: #28313d;
        --accent: #7fabff; --bad: #ff9a92; --bad-ground: #43201e; --warn: #f2c56b; --warn-ground: #3b2e12; --good: #86d9a4; --good-ground: #17351f;
    }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 20px 16px 40px; max-width: 1120px; background: var(--ground); color: var(--text);
    font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 24px; line-height: 1.2; }
header p, footer p { margin: 4px 0 16px; color: var(--muted); }
footer p { font-size: 13px; }
h2 { margin: 0 0 10px; font-size: 18px; }
h3 { margin: 18px 0 6px; font-size: 15px; }
h2 small, h3 small { margin-left: 6px; font-size: 13px; font-weight: 400; }
small, .muted { color: var(--muted); }
small { font-size: 13px; }
a { color: var(--accent); text-underline-offset: 2px; }
code { font: 13px ui-monospace, "DejaVu Sans Mono", monospace; }
.symbols { position: absolute; }
.card, .tile { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
.card { margin: 0 0 14px; padding: 16px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 10px; margin: 0 0 14px; }
.tile { padding: 12px 14px; }
.tile b { display: block; font-size: 26px; line-height: 1.15; }
.tile span { font-weight: 600; }
.tile small { display: block; }
.tile.bad { border-color: var(--bad); }
.tile .mark { color: var(--bad); }
.tag { display: inline-block; padding: 0 7px; border: 1px solid currentColor; border-radius: 10px; font-size: 12px; font-weight: 600; line-height: 18px; white-space: nowrap; color: var(--muted); }
.tag.bad { color: var(--bad); background: var(--bad-ground); }
.tag.warn { color: var(--warn); background: var(--warn-ground); }
.tag.good { color: var(--good); background: var(--good-ground); }
.label { display: inline-block; padding: 0 6px; border-radius: 4px; background: var(--track); font-size: 13px; }
.problem { margin: 0 0 8px; padding: 8px 10px; border-left: 3px solid var(--bad); background: var(--bad-ground); }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { padding: 7px 0; border-top: 1px solid var(--rule); }
.findings li:first-child { border-top: 0; }
.findings small { display: block; }
summary { cursor: pointer; color: var(--warn); font-weight: 600; }
.legend { margin: -2px 0 8px; color: var(--muted); font-size: 13px; }
.legend span { margin-right: 12px; white-space: nowrap; }
.legend svg, .state svg { vertical-align: -2px; }
.row { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 5fr) minmax(0, 4fr); gap: 4px 14px; align-items: center; padding: 5px 0; border-top: 1px solid var(--rule); }
.row .figure { text-align: right; }
.cells { display: inline-flex; flex-wrap: wrap; gap: 2px; vertical-align: -2px; }
svg { overflow: visible; }
.full { fill: var(--accent); }
.line { fill: none; stroke: var(--accent); stroke-width: 2; }
.cross { fill: none; stroke: var(--bad); stroke-width: 2.5; }
.dot { fill: var(--muted); }
.track { fill: var(--track); }
.bar { display: block; width: 100%; }
.aged span { white-space: nowrap; }
.aged { display: grid; grid-template-columns: minmax(40px, 150px) 86px; justify-content: start; gap: 10px; align-items: center; }
table { width: 100%; border-collapse: collapse; margin: 6px 0 0; }
th { text-align: left; font-size: 12px; font-weight: 600; color: var(--muted); }
th, td { padding: 5px 10px 5px 0; border-top: 1px solid var(--rule); vertical-align: top; }
thead th { border-top: 0; }
th:first-child, td:first-child { min-width: 110px; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
@media (max-width: 640px) {
    body { padding: 14px 10px 30px; }
    .card { padding: 12px; }
    .tiles { grid-template-columns: 1fr 1fr; }
    .tile:last-child:nth-child(odd) { grid-column: 1 / -1; }
    .row { grid-template-columns: minmax(0, 1fr) fit-content(68%); }
    .row .plot { grid-column: 1 / -1; grid-row: 2; }
    thead { position: absolute; clip-path: inset(50%); }
    table, tbody, tr, td { display: block; }
    tr { padding: 8px 0; border-top: 1px solid var(--rule); }
    td, td.number { display: grid; grid-template-columns: 84px minmax(0, 1fr); column-gap: 10px; padding: 1px 0; border: 0; text-align: left; white-space: normal; }
    td::before { content: attr(data-head); color: var(--muted); font-size: 13px; }
    td > * { grid-column: 2; }
    .agents tr { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2px 10px; }
    .agents td, .agents td.number { display: block; }
    .agents td::before { content: none; }
    .agents td:nth-child(even) { text-align: right; }
    .agents td.number { grid-column: 2; grid-row: 3; text-align: right; }
    .agents td:nth-child(3) { grid-column: 1 / -1; grid-row: 2; }
    .agents td:nth-child(4) { grid-column: 1; grid-row: 3; }
}
@media print {
    :root { --ground: #fff; --card: #fff; --text: #000; --muted: #444; --rule: #bbb; --track: #eee; --accent: #1d3f80;
        --bad: #900; --bad-ground: #fff; --warn: #640; --warn-ground: #fff; --good: #053; --good-ground: #fff; }
    * { print-color-adjust: exact; }
    body { max-width: none; padding: 0; font-size: 11px; }
    h1 { font-size: 18px; }
    h2 { font-size: 14px; }
    h3 { font-size: 12px; }
    small, code, .label, .legend, .problem, h2 small, h3 small, footer p { font-size: 10px; }
    .tag, th { font-size: 9px; line-height: 14px; }
    .card { padding: 10px 12px; margin-bottom: 10px; }
    .tiles { grid-template-columns: repeat(5, 1fr); gap: 8px; }
    .tile { padding: 8px 10px; }
    .tile b { font-size: 18px; }
    .row, tr, .tile, li { break-inside: avoid; }
    h2, h3 { break-after: avoid; }
    details::details-content { content-visibility: visible; display: block; }
    a { color: inherit; }
}
`;
